// SPDX-License-Identifier: EUPL-1.2
//! One order, from the account to the certificate.

use core::{future::Future, time::Duration};
use std::io;

use hyper::{Request, body::Bytes};
use instant_acme::{
    Account, AuthorizationStatus, BodyWrapper, ChallengeType, Error, Identifier, NewAccount,
    NewOrder, Order, OrderStatus, RetryPolicy,
};
use rcgen::{CertificateParams, CustomExtension, DistinguishedName, KeyPair};
use serde::Deserialize;
use thiserror::Error;
use zeroize::Zeroizing;

use super::{
    settings::AcmeConfig,
    store::{Kept, Store},
    web::{Web, WebFault},
};

/// Orders a pair. `show` has the server show a certificate to the authority, and ends when it does.
pub(super) async fn order<F: Future<Output = io::Result<()>>>(
    config: &AcmeConfig,
    store: &Store,
    web: &Web,
    show: impl FnMut(Kept) -> F,
) -> Result<Kept, OrderFault> {
    let account = account(config, store, web).await?;
    let host = [Identifier::Dns(config.host.clone())];
    let mut order = account.new_order(&NewOrder::new(&host)).await?;
    prove(&mut order, &config.host, show).await?;
    match order.poll_ready(&RETRIES).await {
        Ok(OrderStatus::Ready) => {}
        Ok(_) => return Err(refusal(&mut order, String::new()).await),
        Err(Error::Api(problem)) => return Err(refusal(&mut order, problem.to_string()).await),
        Err(error) => return Err(error.into()),
    }
    let key = KeyPair::generate().map_err(OrderFault::Made)?;
    let params = named(&config.host)?;
    let request = params.serialize_request(&key).map_err(OrderFault::Made)?;
    order.finalize_csr(request.der()).await?;
    let certificate = order.poll_certificate(&RETRIES).await?.into_bytes();
    let key = Zeroizing::new(Zeroizing::new(key.serialize_pem()).as_bytes().to_vec());
    Ok(Kept { certificate, key })
}

/// The account that is kept, or a new one.
async fn account(config: &AcmeConfig, store: &Store, web: &Web) -> Result<Account, OrderFault> {
    let url = config.directory.url();
    let builder = Account::builder_with_http(Box::new(web.clone()));
    if let Some(account) = store.account(url) {
        return Ok(builder.from_credentials(account).await?);
    }
    if let Some(terms) = terms(web, url).await?
        && !config.agree
    {
        return Err(OrderFault::Terms(terms));
    }
    let contact: Vec<_> = config.contact.iter().map(String::as_str).collect();
    let new = NewAccount {
        contact: &contact,
        terms_of_service_agreed: config.agree,
        only_return_existing: false,
    };
    let (account, credentials) = builder.create(&new, url.to_owned(), None).await?;
    store.keep_account(url, &credentials).map_err(OrderFault::Kept)?;
    Ok(account)
}

/// Where the terms of a directory are, if it has some (RFC 8555 §7.1.1).
async fn terms(web: &Web, url: &str) -> Result<Option<String>, OrderFault> {
    let request = Request::get(url).body(BodyWrapper::<Bytes>::default());
    let answer = web.ask(request.map_err(Error::Http)?).await?;
    let directory: Result<About, _> = serde_json::from_slice(answer.body());
    let directory = directory.map_err(|_quotes_it| WebFault::Nonsense)?;
    Ok(directory.meta.terms)
}

#[derive(Deserialize)]
struct About {
    #[serde(default)]
    meta: Meta,
}

#[derive(Default, Deserialize)]
struct Meta {
    #[serde(rename = "termsOfService")]
    terms: Option<String>,
}

/// Shows the authority that the host is ours (RFC 8737).
async fn prove<F: Future<Output = io::Result<()>>>(
    order: &mut Order,
    host: &str,
    mut show: impl FnMut(Kept) -> F,
) -> Result<(), OrderFault> {
    let mut authorizations = order.authorizations();
    while let Some(authorization) = authorizations.next().await {
        let mut authorization = authorization?;
        if authorization.status != AuthorizationStatus::Pending {
            continue;
        }
        let challenge = authorization.challenge(ChallengeType::TlsAlpn01);
        let mut challenge = challenge.ok_or(OrderFault::NoChallenge)?;
        let digest = challenge.key_authorization().digest();
        let mut params = named(host)?;
        params.custom_extensions = vec![CustomExtension::new_acme_identifier(digest.as_ref())];
        let key = KeyPair::generate().map_err(OrderFault::Made)?;
        let shown = params.self_signed(&key).map_err(OrderFault::Made)?;
        let key = Zeroizing::new(Zeroizing::new(key.serialize_pem()).as_bytes().to_vec());
        let certificate = shown.pem().into_bytes();
        show(Kept { certificate, key }).await.map_err(OrderFault::Server)?;
        challenge.set_ready().await?;
    }
    Ok(())
}

/// Why an authority does not believe it: what it says of the host, or else of the order.
async fn refusal(order: &mut Order, said: String) -> OrderFault {
    let mut authorizations = order.authorizations();
    while let Some(Ok(mut authorization)) = authorizations.next().await {
        let Ok(state) = authorization.refresh().await else { continue };
        let mut errors = state.challenges.iter().filter_map(|challenge| challenge.error.as_ref());
        if let Some(detail) = errors.find_map(|error| error.detail.clone()) {
            return OrderFault::Refused(detail);
        }
    }
    OrderFault::Refused(said)
}

/// For a host, and naming nothing else.
fn named(host: &str) -> Result<CertificateParams, OrderFault> {
    let mut params = CertificateParams::new([host.to_owned()]).map_err(OrderFault::Made)?;
    params.distinguished_name = DistinguishedName::new();
    Ok(params)
}

/// Why an order came to nothing.
#[derive(Debug, Error)]
pub(super) enum OrderFault {
    #[error("the directory has terms, {0}, and nobody agreed to them: tls.acme.agree = true does")]
    Terms(String),
    #[error("the authority does not know TLS-ALPN-01, by which it could see that the host is ours")]
    NoChallenge,
    #[error("the authority did not find this server at the host of origin, port 443: {0}")]
    Refused(String),
    #[error("the order is refused or makes no sense: {0}")]
    Directory(#[from] Error),
    #[error(transparent)]
    Web(#[from] WebFault),
    #[error("cannot keep it in tls.acme.state: {0}")]
    Kept(#[source] io::Error),
    #[error("what the authority gave is no pair: {0}")]
    Pair(#[from] super::super::PairFault),
    #[error("cannot make a key or a request: {0}")]
    Made(#[source] rcgen::Error),
    #[error("the server does not show it")]
    Server(#[source] io::Error),
    #[error("it took too long")]
    Late,
}

/// Longer, an authority that never looks is waited for; shorter, one that is busy is given up.
const RETRIES: RetryPolicy = RetryPolicy::new().timeout(Duration::from_secs(90));
