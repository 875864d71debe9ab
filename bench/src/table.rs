// SPDX-License-Identifier: EUPL-1.2
//! The rows of many runs, as one table: the middle of each figure.

use std::io::{BufRead as _, Write as _, stdin, stdout};

use clap::Args;

use crate::Fault;

/// Reads rows and writes a table of the middle figures, with the spread of the cost.
///
/// Runs in which the participants themselves were kept waiting say nothing about the server; they are left
/// out, and counted.
#[derive(Args, Debug)]
pub(crate) struct Table {}

/// What is the same in all repetitions of a run: the load, and who was under it.
type Name = [String; 2];

impl Table {
    #[expect(clippy::unused_self, reason = "a command like the others")]
    pub(crate) fn run(self) -> Result<(), Fault> {
        let rows = stdin().lock().lines().collect::<Result<Vec<_>, _>>()?;
        stdout().lock().write_all(table(&rows)?.as_bytes())?;
        Ok(())
    }
}

fn table(rows: &[String]) -> Result<String, Fault> {
    let mut runs: Vec<(Name, Vec<Vec<&str>>)> = Vec::new();
    for row in rows {
        let mut fields = row.split('\t');
        let (Some(load), Some(server)) = (fields.next(), fields.next()) else { continue };
        let name = [load.to_owned(), server.to_owned()];
        match runs.iter_mut().find(|(known, _)| *known == name) {
            Some((_, repeated)) => repeated.push(fields.collect()),
            None => runs.push((name, vec![fields.collect()])),
        }
    }
    let mut lines = vec![HEAD.map(str::to_owned).to_vec()];
    for ([load, server], repeated) in &runs {
        let undisturbed: Vec<_> = repeated.iter().filter(|run| !is_disturbed(run)).collect();
        let runs = format!("{} of {}", undisturbed.len(), repeated.len());
        let mut line = vec![load.clone(), server.clone(), runs];
        for (column, places) in COLUMNS {
            line.push(middle(&undisturbed, column, places)?);
        }
        lines.push(line);
    }
    Ok(aligned(&lines))
}

/// Whether the participants looked at their sockets so rarely that these overflowed.
fn is_disturbed(run: &[&str]) -> bool {
    let pause = run.get(PAUSE).and_then(|pause| pause.parse::<f64>().ok());
    pause.is_none_or(|pause| pause > LONGEST_PAUSE_MS)
}

/// The middle of a column, and from where to where it goes where that is asked for.
fn middle(repeated: &[&Vec<&str>], column: usize, places: usize) -> Result<String, Fault> {
    let figures = repeated.iter().filter_map(|fields| fields.get(column).copied());
    let mut figures = figures
        .filter(|figure| *figure != "-")
        .map(str::parse::<f64>)
        .collect::<Result<Vec<_>, _>>()?;
    figures.sort_by(f64::total_cmp);
    let Some(middle) = figures.get(figures.len() / 2) else { return Ok("-".to_owned()) };
    let text = format!("{middle:.places$}");
    Ok(match (figures.first(), figures.last()) {
        (Some(least), Some(most)) if column == COST => format!("{text} ({least:.2}–{most:.2})"),
        _ => text,
    })
}

fn aligned(lines: &[Vec<String>]) -> String {
    let columns = lines.first().map_or(0, Vec::len);
    let width = |column: usize| {
        let cells = lines.iter().filter_map(|line| line.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<_> = (0..columns).map(width).collect();
    let lines = lines.iter().map(|line| {
        let cells = line.iter().zip(&widths).map(|(cell, width)| format!("{cell:>width$}"));
        cells.collect::<Vec<_>>().join("  ") + "\n"
    });
    lines.collect()
}

const HEAD: [&str; 18] = [
    "load",
    "server",
    "runs",
    "packets/s",
    "Mbit/s",
    "µs CPU/packet",
    "% of core",
    "pictures: lost %",
    "ms p50",
    "p99",
    "p99.9",
    "sound: lost %",
    "ms p50",
    "p99",
    "p99.9",
    "KiB each: idle",
    "active",
    "joining ms",
];
/// Columns behind load and server, and the places behind the point.
const COLUMNS: [(usize, usize); 15] = [
    (0, 0),
    (1, 0),
    (COST, 2),
    (3, 0),
    (4, 2),
    (6, 2),
    (7, 2),
    (8, 2),
    (5, 2),
    (9, 2),
    (10, 2),
    (11, 2),
    (12, 0),
    (13, 0),
    (14, 1),
];
const COST: usize = 2;
/// The longest time in which no socket was looked at.
const PAUSE: usize = 15;
/// Of a row, behind load and server.
#[cfg(test)]
pub(crate) const FIELDS: usize = PAUSE + 1;
/// Larger, a socket overflows before it is read; smaller, a busy machine leaves no run.
const LONGEST_PAUSE_MS: f64 = 50.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_become_one_line_without_those_that_were_disturbed() {
        let row = |cost: &str, pause: &str| {
            let figures =
                format!("100\t1.0\t{cost}\t3\t0.000\t-\t0.5\t1.0\t2.0\t-\t-\t-\t80\t90\t1.0");
            format!("1 × 2 pictures\tzooo\t{figures}\t{pause}")
        };
        let rows =
            [row("3.00", "0.1"), row("1.00", "0.1"), row("9.00", "60.0"), row("2.00", "0.1")];
        let table = table(&rows).unwrap();
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[1].contains("2.00 (1.00–3.00)") && lines[1].contains("3 of 4"), "{table}");
    }
}
