//! People from a file: handed in, looked at, confirmed, worked off (AD-04).
//!
//! Nothing happens before the confirmation. From then on each row is a transaction of its own, in which the row is also ticked off: a server
//! that is stopped, or killed, goes on where it was, and none is done twice. Who is new is invited as by [`super::invite()`]; of who has an
//! account, what the row says is changed as by [`super::change_profile`], and never a password or an address.

mod columns;
mod fault;
mod file;
mod judge;
mod values;
mod work;

pub use columns::Column;
pub use fault::Fault;
pub use file::{FileFault, MOST_BYTES, MOST_COLUMNS, MOST_ROWS, write};
pub use judge::Verdict;
pub use nameplate_store::{PeopleImportState as State, PeopleRowCounts as Counts};
pub use work::{run, work_off};

use crate::audit::{Change, Event, Own, Recorder};
use crate::people::still_admin;
use crate::{App, Ctx, Error, Refusal, fresh};
use jiff::{SignedDuration, Timestamp};
use judge::{Directory, Earlier, judge};
use nameplate_domain::account::{FieldKey, FullName, ProfileField};
use nameplate_domain::ids::{AgentId, PeopleImportId};
use nameplate_store::{PeopleImportRow, PeopleRow, PeopleRowState};
use values::Reading;

/// How long a file is kept, from when it was handed in.
pub const KEPT: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Rows on a page.
pub const PAGE: usize = 50;
/// Rows that are written by one statement.
const CHUNK: usize = 500;

/// By which way a file came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// An admin's, by the pages.
    Page,
    /// The command line's, in an admin's name.
    CommandLine,
}

/// A file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Import {
    /// Its id.
    pub id: PeopleImportId,
    /// Who handed it in or confirmed it.
    pub admin: AgentId,
    /// By which way.
    pub way: Way,
    /// What it was called; empty for what was pasted.
    pub file_name: String,
    /// In which encoding it was read.
    pub encoding: String,
    /// What stands between two cells.
    pub delimiter: String,
    /// The first line.
    pub headers: Vec<String>,
    /// What each column is; none for one that is left out.
    pub columns: Vec<Option<Column>>,
    /// How many rows it has.
    pub rows: i64,
    /// How far it is.
    pub state: State,
    /// When it was handed in.
    pub created_at: Timestamp,
    /// When the last row was worked off.
    pub ended_at: Option<Timestamp>,
}

impl Import {
    /// Whether a column holds the addresses, without which no row can be done.
    #[must_use]
    pub fn has_email(&self) -> bool {
        self.columns.contains(&Some(Column::Email))
    }

    fn reading<'a>(&'a self, app: &'a App, defined: &'a [ProfileField]) -> Reading<'a> {
        let decimal_mark = if self.delimiter == ";" { ',' } else { '.' };
        Reading { columns: &self.columns, defined, tzdb: app.tzdb(), decimal_mark }
    }

    fn recorder(&self, app: &App, ctx: &Ctx) -> Recorder {
        match self.way {
            Way::Page => app.recorder(ctx),
            Way::CommandLine => app.own_recorder(ctx.now, Own::CommandLine),
        }
    }
}

fn corrupt(_: serde_json::Error) -> Error {
    Error::Internal("a file of people is not as it was kept")
}

fn of_row(row: PeopleImportRow) -> Result<Import, Error> {
    let words: Vec<String> = serde_json::from_str(&row.columns).map_err(corrupt)?;
    Ok(Import {
        id: row.id,
        admin: row.admin_id,
        way: if row.by_command_line { Way::CommandLine } else { Way::Page },
        file_name: row.file_name,
        encoding: row.encoding,
        delimiter: row.delimiter,
        headers: serde_json::from_str(&row.headers).map_err(corrupt)?,
        columns: words.iter().map(|word| Column::parse(word)).collect(),
        rows: row.row_count,
        state: row.state,
        created_at: row.created_at,
        ended_at: row.ended_at,
    })
}

fn words_of(columns: &[Option<Column>]) -> Result<String, Error> {
    let words: Vec<String> =
        columns.iter().map(|one| one.as_ref().map(Column::word).unwrap_or_default()).collect();
    serde_json::to_string(&words).map_err(corrupt)
}

fn cells_of(row: &PeopleRow) -> Result<Vec<String>, Error> {
    serde_json::from_str(&row.cells).map_err(corrupt)
}

/// Keeps a file to be looked at; the columns are guessed by their headers. Nobody is invited.
///
/// # Errors
/// The inner one for a file that cannot be read; `NotSignedIn` for anybody but an admin.
pub async fn hand_in(
    app: &App,
    ctx: &Ctx,
    way: Way,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Result<Import, FileFault>, Error> {
    let admin = ctx.admin()?;
    let read = tokio::task::spawn_blocking(move || file::read(&bytes)).await;
    let file = match read.map_err(|_| Error::Internal("a file could not be read"))? {
        Ok(file) => file,
        Err(fault) => return Ok(Err(fault)),
    };
    let columns = columns::guess(&file.headers, &crate::fields::list(app).await?);
    let row = PeopleImportRow {
        id: PeopleImportId::new(fresh::uuid()),
        admin_id: admin,
        by_command_line: way == Way::CommandLine,
        file_name: name.chars().filter(|c| !c.is_control()).take(200).collect(),
        encoding: file.encoding.to_owned(),
        delimiter: file.delimiter.to_string(),
        headers: serde_json::to_string(&file.headers).map_err(corrupt)?,
        columns: words_of(&columns)?,
        row_count: i64::try_from(file.rows.len()).unwrap_or(i64::MAX),
        state: State::Draft,
        created_at: ctx.now,
        confirmed_at: None,
        ended_at: None,
    };
    let chunks = file.rows.chunks(CHUNK).map(|rows| {
        let rows: Vec<(i64, &[String])> = rows.iter().map(|row| (row.line, row.cells.as_slice())).collect();
        serde_json::to_string(&rows).map_err(corrupt)
    });
    let (chunks, kept) = (chunks.collect::<Result<Vec<_>, _>>()?, row.clone());
    app.store()
        .write(move |tx| async move {
            tx.insert_people_import(&kept).await?;
            for chunk in chunks {
                tx.add_people_import_rows(kept.id, &chunk).await?;
            }
            Ok::<_, Error>(())
        })
        .await?;
    of_row(row).map(Ok)
}

/// The file with this id.
///
/// # Errors
/// `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn find(app: &App, ctx: &Ctx, id: PeopleImportId) -> Result<Import, Error> {
    ctx.admin()?;
    let row = app.store().read(|tx| async move { tx.people_import(id).await }).await?;
    of_row(row.ok_or(Error::NotFound)?)
}

/// The latest files, each with the name of its admin, unless that account is gone.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn list(app: &App, ctx: &Ctx) -> Result<Vec<(Import, Option<FullName>)>, Error> {
    ctx.admin()?;
    app.store()
        .read(|tx| async move {
            let mut files = Vec::new();
            for row in tx.people_imports(20).await? {
                let admin = tx.agent(row.admin_id).await?.map(|agent| agent.name);
                files.push((of_row(row)?, admin));
            }
            Ok(files)
        })
        .await
}

/// Says what the columns of a draft are.
///
/// # Errors
/// `Refused(OtherStatus)` once it is confirmed; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn set_columns(
    app: &App,
    ctx: &Ctx,
    id: PeopleImportId,
    columns: &[Option<Column>],
) -> Result<(), Error> {
    find(app, ctx, id).await?;
    let words = words_of(columns)?;
    let set = app.store().write(move |tx| async move { tx.set_people_import_columns(id, &words).await });
    if set.await? { Ok(()) } else { Err(Refusal::OtherStatus.into()) }
}

/// How many rows would come to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Verdicts {
    /// Invited.
    pub ready: usize,
    /// Changed.
    pub changing: usize,
    /// There already, and the same.
    pub same: usize,
    /// On an earlier line already.
    pub duplicate: usize,
    /// Not possible.
    pub invalid: usize,
}

/// A row and what it would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judged {
    /// The line on which it begins.
    pub line: i64,
    /// What stands in the column of the name.
    pub name: String,
    /// What stands in the column of the address.
    pub email: String,
    /// What it would do.
    pub verdict: Verdict,
}

/// What a file would do.
#[derive(Debug, Clone)]
pub struct Preview {
    /// In numbers.
    pub verdicts: Verdicts,
    /// Each row.
    pub rows: Vec<Judged>,
    /// All fields that a column can be.
    pub fields: Vec<ProfileField>,
    /// All systems that a column can have the ids of, as far as any are known.
    pub systems: Vec<FieldKey>,
}

/// What a file would do if it were confirmed now. Nothing is done.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn preview(app: &App, ctx: &Ctx, import: &Import) -> Result<Preview, Error> {
    ctx.admin()?;
    let directory = Directory::read(app, ctx.now).await?;
    let id = import.id;
    let rows =
        app.store().read(|tx| async move { tx.people_import_rows(id, 0, None, MOST_ROWS).await }).await?;
    let (app, import) = (app.clone(), import.clone());
    // Thousands of rows take a while, in which others are served.
    let judged = tokio::task::spawn_blocking(move || {
        let reading = import.reading(&app, &directory.defined);
        let mut earlier = Earlier::default();
        let mut verdicts = Verdicts::default();
        let mut judged = Vec::with_capacity(rows.len());
        for row in rows {
            let cells = cells_of(&row)?;
            let verdict = judge(&directory, &reading, &mut earlier, row.line, &cells);
            match &verdict {
                Verdict::Ready => verdicts.ready += 1,
                Verdict::Here(changed) if changed.is_empty() => verdicts.same += 1,
                Verdict::Here(_) => verdicts.changing += 1,
                Verdict::Duplicate(_) => verdicts.duplicate += 1,
                Verdict::Invalid(_) => verdicts.invalid += 1,
            }
            let cell = |column: &Column| reading.cell(column, &cells).to_owned();
            judged.push(Judged {
                line: row.line,
                name: cell(&Column::Name),
                email: cell(&Column::Email),
                verdict,
            });
        }
        let systems = directory.systems();
        Ok(Preview { verdicts, rows: judged, fields: directory.defined, systems })
    });
    judged.await.map_err(|_| Error::Internal("a file could not be judged"))?
}

/// Begins to work a file off as it was seen, with these columns.
///
/// # Errors
/// `Stale` when its columns are others now; `Refused(OtherStatus)` when it was confirmed before; `NotFound`; `NotSignedIn` for anybody but
/// an admin.
pub async fn confirm(app: &App, ctx: &Ctx, import: &Import) -> Result<(), Error> {
    let admin = ctx.admin()?;
    let (id, words) = (import.id, words_of(&import.columns)?);
    let (ctx, recorder) = (ctx.clone(), import.recorder(app, ctx));
    app.store()
        .write(move |tx| async move {
            tx.lock_agent(admin).await?;
            still_admin(&tx, &ctx).await?;
            if !tx.start_people_import(id, &words, admin, ctx.now).await? {
                let row = tx.people_import(id).await?.ok_or(Error::NotFound)?;
                let is_draft = row.state == State::Draft;
                return Err(if is_draft { Error::Stale } else { Refusal::OtherStatus.into() });
            }
            let row = tx.people_import(id).await?.ok_or(Error::NotFound)?;
            let changes = vec![Change::added("import_rows", row.row_count)];
            recorder.add(&tx, admin, Event::PeopleImported, changes).await
        })
        .await?;
    app.wake_imports();
    Ok(())
}

/// Forgets a file of which nothing was done.
///
/// # Errors
/// `Refused(OtherStatus)` once it is confirmed; `NotFound`; `NotSignedIn` for anybody but an admin.
pub async fn discard(app: &App, ctx: &Ctx, id: PeopleImportId) -> Result<(), Error> {
    find(app, ctx, id).await?;
    let gone = app.store().write(move |tx| async move { tx.delete_people_import(id).await });
    if gone.await? { Ok(()) } else { Err(Refusal::OtherStatus.into()) }
}

/// How far a file is.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn counts(app: &App, ctx: &Ctx, id: PeopleImportId) -> Result<Counts, Error> {
    ctx.admin()?;
    Ok(app.store().read(|tx| async move { tx.count_people_import_rows(id).await }).await?)
}

/// A row that could not be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failed {
    /// The line on which it began.
    pub line: i64,
    /// Its cells.
    pub cells: Vec<String>,
    /// Why.
    pub faults: Vec<Fault>,
}

/// The cells of the first rows, as an example of what stands in each column.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn first_rows(app: &App, ctx: &Ctx, id: PeopleImportId) -> Result<Vec<Vec<String>>, Error> {
    ctx.admin()?;
    let rows = app.store().read(|tx| async move { tx.people_import_rows(id, 0, None, 3).await }).await?;
    rows.iter().map(cells_of).collect()
}

/// Up to `limit` of the rows that could not be done.
///
/// # Errors
/// `NotSignedIn` for anybody but an admin.
pub async fn failed(app: &App, ctx: &Ctx, id: PeopleImportId, limit: usize) -> Result<Vec<Failed>, Error> {
    ctx.admin()?;
    let state = Some(PeopleRowState::Failed);
    let rows = app.store().read(|tx| async move { tx.people_import_rows(id, 0, state, limit).await }).await?;
    let failed = |row: PeopleRow| {
        let faults = serde_json::from_str(&row.faults).map_err(corrupt)?;
        Ok(Failed { line: row.line, cells: cells_of(&row)?, faults })
    };
    rows.into_iter().map(failed).collect()
}
