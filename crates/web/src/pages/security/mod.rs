//! Security: the ways to sign in to the account, each a section of one page.

mod page;
mod two_step;

pub(crate) use page::{again, password_changed};

use crate::routes::{Access, Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    let agent = Access::Agent;
    routes
        .get("/account/security", agent, page::show)
        .get("/account/security/two-step", agent, two_step::show)
        .post("/account/security/two-step", agent, two_step::turn_on)
        .get("/account/security/two-step/off", agent, two_step::ask_off)
        .post("/account/security/two-step/off", agent, two_step::turn_off)
        .get("/account/security/recovery-codes", agent, two_step::ask_codes)
        .post("/account/security/recovery-codes", agent, two_step::new_codes)
}
