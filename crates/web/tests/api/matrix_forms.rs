//! Mass assignment by forms (`security.md` A12): every form of an agent's own pages is sent with the fields of everything
//! else, and writes what it is for. A form that is not listed and writes anything of the account fails by name.

use crate::matrix_cast::Cast;
use crate::world::World;
use axum::http::Method;
use nameplate_testkit::both_engines;
use nameplate_testkit::past::Rows;
use nameplate_web::{Access, rows};
use std::collections::BTreeSet;

/// By form, the columns of one's own `agents` row that it is for; those of every change (version, change times) apart.
const FORMS: &[(&str, &[&str])] = &[
    ("/account/name", &["name", "display_name"]),
    ("/account/job-title", &["job_title"]),
    ("/account/location", &["location_city", "location_country"]),
    ("/account/fields", &[]),
    ("/account/phone-number", &["phone_e164", "phone_typed"]),
    ("/account/visibility", &["visibility"]),
    ("/account/preferences", &["preferences"]),
    ("/account/slug", &["slug"]),
    ("/account/time-zone", &["time_zone"]),
    ("/account/notifications", &["notifications"]),
];

/// Columns that change with every change.
const ALWAYS: [&str; 3] = ["version", "updated_at", "changed_at"];

/// Good values for every form at once, and what no form is for.
fn everything(cast: &Cast) -> Vec<(String, String)> {
    let bram = cast.world.bram.agent.id.to_string();
    let good = [
        ("name", "Changed"),
        ("display_name", "Changed"),
        ("job_title", "Changed"),
        ("location_city", "Changed"),
        ("location_country", "NL"),
        ("city", "Changed"),
        ("country", "NL"),
        ("phone_number", "+31612345678"),
        ("visibility", "1"),
        ("email_booking_page", "on"),
        ("language", "nl"),
        ("hour_cycle", "h12"),
        ("theme", "dark"),
        ("first_weekday", "sunday"),
        ("slug", "changed-slug"),
        ("time_zone", "Asia/Tokyo"),
        ("reminder_before", "1440"),
        ("reminder_notice", "1440"),
        ("starts_soon_before", "60"),
        ("starts_soon_notice", "180"),
        ("seen", "{}"),
    ];
    let bad = [
        ("role", "admin"),
        ("status", "closed"),
        ("id", &*bram),
        ("agent", &*bram),
        ("agent_id", &*bram),
        ("of", &*bram),
        ("email", "evil@example.com"),
        ("email_canonical", "evil@example.com"),
        ("new_email", "evil@example.com"),
        ("password_hash", "x"),
        ("password", "x"),
        ("new_password", "a quite different passphrase"),
        ("credential_version", "9"),
        ("created_at", "1"),
        ("password_stands_alone", "0"),
        ("external_ids", "crm:1"),
        ("verified", "1"),
        ("is_admin", "1"),
    ];
    good.iter().chain(&bad).map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// The columns of an agent's row that differ.
fn columns(before: &Rows, after: &Rows, id: &str) -> BTreeSet<String> {
    let row = |all: &Rows| all["agents"].iter().find(|row| row["id"] == id).unwrap().clone();
    let (before, after) = (row(before), row(after));
    let names: BTreeSet<_> = before.keys().chain(after.keys()).collect();
    names.into_iter().filter(|name| before.get(*name) != after.get(*name)).cloned().collect()
}

both_engines! {
    async fn sec_a12_a_form_writes_what_it_is_for(database: TestDatabase) {
        let mut world = World::new(database).await;
        let mut written = 0;
        let mut wrong = Vec::new();
        let forms = rows().into_iter().filter(|row| row.method == Method::POST && row.access == Access::Agent);
        for path in forms.map(|row| row.path).filter(|path| !path.contains('{')) {
            let cast = Cast::new(world).await;
            let allowed = FORMS.iter().find(|(form, _)| *form == path).map_or(&[][..], |(_, columns)| columns);
            let mut fields = everything(&cast);
            let before = cast.rows().await;
            let anna = cast.world.anna.agent.id.to_string();
            let own = before["agents"].iter().find(|row| row["id"] == anna).unwrap();
            fields.push(("version".to_owned(), own["version"].clone()));
            let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
            let answer = cast.world.send(path, &cast.anna, &fields).await;
            let after = cast.rows().await;
            let changed: Vec<_> = columns(&before, &after, &anna).into_iter().filter(|name| !ALWAYS.contains(&name.as_str())).collect();
            if changed.iter().any(|name| !allowed.contains(&name.as_str())) || !allowed.is_empty() && changed.is_empty() {
                wrong.push(format!("POST {path} wrote {changed:?}, not {allowed:?}: {}", answer.status));
            }
            for other in [&cast.world.bram, &cast.world.admin, &cast.world.disabled] {
                let id = other.agent.id.to_string();
                let of = |all: &Rows| -> Vec<String> {
                    let rows = all.iter().filter(|(table, _)| *table != "audit_log").flat_map(|(_, rows)| rows);
                    rows.filter(|row| row.values().any(|value| *value == id)).map(|row| format!("{row:?}")).collect()
                };
                if of(&before) != of(&after) {
                    wrong.push(format!("POST {path} wrote of {id}: {}", answer.status));
                }
            }
            written += usize::from(!changed.is_empty());
            world = cast.world;
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert!(written >= FORMS.len() - 1, "{written} forms wrote anything");
    }
}
