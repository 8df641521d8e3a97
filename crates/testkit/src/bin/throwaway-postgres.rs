//! Starts a throw-away PostgreSQL, prints its URL, and stops it when standard input ends.

use std::io::{self, Write};

use nameplate_testkit::postgres::Cluster;

fn main() -> io::Result<()> {
    let cluster = Cluster::start()?;
    println!("{}", cluster.url());
    io::stdout().flush()?;
    io::copy(&mut io::stdin(), &mut io::sink())?;
    Ok(())
}
