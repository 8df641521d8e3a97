//! Security: the ways to sign in to the account, each a section of one page.

mod page;

pub(crate) use page::{again, password_changed};

use crate::routes::{Access, Routes};

pub(crate) fn routes(routes: Routes) -> Routes {
    routes.get("/account/security", Access::Agent, page::show)
}
