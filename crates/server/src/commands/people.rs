//! `nameplate people …`: everybody at once, for whoever runs the server.

use crate::cli::PeopleImport;
use crate::config::Config;
use crate::wiring;
use anyhow::{Context, Result, bail};
use nameplate_app::people::imports::{self, Counts, Fault, Import, MOST_BYTES, State, Verdict, Way};
use nameplate_app::{Actor, App, Ctx};
use nameplate_domain::account::{Agent, AgentStatus, EmailAddress, ProfileField, Role};
use nameplate_i18n::{Locale, Texts};
use serde_json::{Value, json};
use std::fs;
use std::io::Read;
use std::time::Duration;

/// A row in the report: its line, what it came to, why, and the address in it.
struct Line {
    number: i64,
    email: String,
    result: &'static str,
    reasons: Vec<String>,
}

/// Hands a file in, confirms it and works it off: what the pages do, in one step.
pub async fn import(config: Config, wanted: PeopleImport) -> Result<()> {
    let name = wanted.file.display().to_string();
    let mut bytes = Vec::new();
    let file = fs::File::open(&wanted.file).with_context(|| format!("{name} cannot be read"))?;
    // One more than is allowed: a larger file is refused, however large it is.
    file.take(MOST_BYTES as u64 + 1)
        .read_to_end(&mut bytes)
        .with_context(|| format!("{name} cannot be read"))?;
    let app = wiring::reopen(&config).await?;
    let admin = admin(&app, wanted.by.as_deref()).await?;
    let ctx = || Ctx {
        now: wiring::clock(),
        actor: Actor::Agent { id: admin.id, role: Role::Admin, session: None },
        net: String::new(),
        user_agent: String::new(),
        key: None,
    };
    let file_name =
        wanted.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let import = match imports::hand_in(&app, &ctx(), Way::CommandLine, &file_name, bytes).await? {
        Ok(import) => import,
        Err(fault) => bail!("{name}: {}", english().text(&format!("import-file-{}", fault.code()))),
    };
    let fields = nameplate_app::fields::list(&app).await?;
    if !import.has_email() {
        imports::discard(&app, &ctx(), import.id).await?;
        bail!("{name}: no column is called email");
    }
    if wanted.dry_run {
        let preview = imports::preview(&app, &ctx(), &import).await;
        imports::discard(&app, &ctx(), import.id).await?;
        let lines: Vec<Line> = preview?.rows.iter().map(|row| judged(row, &fields)).collect();
        let failed = lines.iter().filter(|line| matches!(line.result, "invalid" | "duplicate")).count();
        return report(&wanted, &import, None, &lines, failed);
    }
    imports::confirm(&app, &ctx(), &import).await?;
    while imports::find(&app, &ctx(), import.id).await?.state != State::Done {
        if !imports::work_off(&app, wiring::clock).await? {
            // The server works on it too: it is done once, by whoever is at it.
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    let counts = imports::counts(&app, &ctx(), import.id).await?;
    let failed = imports::failed(&app, &ctx(), import.id, imports::MOST_ROWS).await?;
    let lines: Vec<Line> = failed
        .iter()
        .map(|row| {
            let at = import.columns.iter().position(|one| *one == Some(imports::Column::Email));
            let email = at.and_then(|at| row.cells.get(at)).cloned().unwrap_or_default();
            Line { number: row.line, email, result: "failed", reasons: reasons(&row.faults, &fields) }
        })
        .collect();
    report(&wanted, &import, Some(counts), &lines, lines.len())
}

/// In whose name people are invited.
async fn admin(app: &App, by: Option<&str>) -> Result<Agent> {
    let mut admins = app.store().read(|tx| async move { tx.agents().await }).await?;
    admins.retain(|agent| agent.role == Role::Admin && agent.status == AgentStatus::Active);
    if let Some(by) = by {
        let Ok(email) = EmailAddress::parse(by) else { bail!("--by: {by} is not an email address") };
        let found = admins.into_iter().find(|admin| admin.email.canonical() == email.canonical());
        return found.with_context(|| format!("--by: no active admin has the address {by}"));
    }
    let first = admins.pop().context("there is no admin yet: nameplate setup-link makes the first one")?;
    if admins.is_empty() {
        return Ok(first);
    }
    bail!("there are several admins: say in whose name with --by EMAIL")
}

fn english() -> Texts {
    Texts::of(Locale::En)
}

fn reasons(faults: &[Fault], fields: &[ProfileField]) -> Vec<String> {
    faults.iter().map(|fault| fault.text(english(), fields)).collect()
}

fn judged(row: &imports::Judged, fields: &[ProfileField]) -> Line {
    let reasons = match &row.verdict {
        Verdict::Ready => Vec::new(),
        Verdict::Here(changed) => changed.iter().map(imports::Column::word).collect(),
        Verdict::Duplicate(line) => {
            vec![english().format("import-fault-duplicate", &[("line", &line.to_string())])]
        }
        Verdict::Invalid(faults) => reasons(faults, fields),
    };
    Line { number: row.line, email: row.email.clone(), result: row.verdict.word(), reasons }
}

/// Prints what came of it; an error when a row failed.
fn report(
    wanted: &PeopleImport,
    import: &Import,
    counts: Option<Counts>,
    lines: &[Line],
    failed: usize,
) -> Result<()> {
    if wanted.json {
        let rows: Vec<Value> = lines
            .iter()
            .map(|one| json!({"line": one.number, "email": one.email, "result": one.result, "reasons": one.reasons}))
            .collect();
        let counts = counts.map(|counts| {
            json!({"invited": counts.invited, "updated": counts.updated, "unchanged": counts.unchanged, "failed": counts.failed})
        });
        println!(
            "{}",
            json!({"import": import.id.to_string(), "dry_run": wanted.dry_run, "rows": import.rows, "counts": counts, "lines": rows})
        );
    } else {
        for one in lines {
            let reasons =
                if one.reasons.is_empty() { String::new() } else { format!(": {}", one.reasons.join("; ")) };
            println!("line {} {} {}{reasons}", one.number, one.result, one.email);
        }
        if let Some(counts) = counts {
            println!(
                "{} invited, {} changed, {} same already, {} failed",
                counts.invited, counts.updated, counts.unchanged, counts.failed
            );
        }
    }
    if failed > 0 {
        bail!("{failed} of {} rows failed", import.rows);
    }
    Ok(())
}
