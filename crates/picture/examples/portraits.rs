//! Writes generated portraits as PNG files: `cargo run -p nameplate-picture --example portraits -- DIR COUNT`.

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let directory = arguments.next().unwrap_or_else(|| ".".to_owned());
    let count = arguments.next().and_then(|count| count.parse().ok()).unwrap_or(8);
    for seed in 0..count {
        std::fs::write(
            format!("{directory}/portrait-{seed}.png"),
            nameplate_picture::generated_portrait(seed),
        )?;
    }
    Ok(())
}
