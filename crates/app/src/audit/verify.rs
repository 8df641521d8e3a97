//! Whether the audit log is what was written.

use super::{chain_code, detail_code};
use crate::{App, Error, Secrets};
use nameplate_store::{AuditHead, AuditRow};
use subtle::ConstantTimeEq;

/// Entries read at a time.
const AT_A_TIME: usize = 500;

/// What became of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Each of so many entries is as it was written.
    Whole(i64),
    /// The first entry that is not as it was written, or not there.
    Broken(i64),
}

/// Reads the whole log and checks every code.
///
/// # Errors
/// The database's.
pub async fn verify(app: &App) -> Result<Verdict, Error> {
    let last = app.store().read(|tx| async move { tx.audit_head().await }).await?;
    let mut head = AuditHead { sequence: 0, chain: [0; 32] };
    loop {
        let after = head.sequence;
        let rows = app.store().read(|tx| async move { tx.audit_after(after, AT_A_TIME).await }).await?;
        if rows.is_empty() {
            break;
        }
        for row in rows {
            if !follows(app.secrets(), &head, &row) {
                return Ok(Verdict::Broken(head.sequence + 1));
            }
            head = AuditHead { sequence: row.sequence, chain: row.chain };
            if head.sequence == last.sequence && head.chain != last.chain {
                return Ok(Verdict::Broken(head.sequence));
            }
        }
    }
    // More may have been written since the end was read, but never less.
    if head.sequence < last.sequence {
        return Ok(Verdict::Broken(head.sequence + 1));
    }
    Ok(Verdict::Whole(head.sequence))
}

fn follows(secrets: &Secrets, before: &AuditHead, row: &AuditRow) -> bool {
    let detail =
        row.detail.as_ref().is_none_or(|detail| same(&detail_code(secrets, detail), &row.detail_hash));
    row.sequence == before.sequence + 1 && detail && same(&chain_code(secrets, before, row), &row.chain)
}

fn same(one: &[u8; 32], other: &[u8; 32]) -> bool {
    one.ct_eq(other).into()
}
