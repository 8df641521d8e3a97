//! From the section `sms` to the provider of text messages.

use crate::config::{Config, Secret, Sms as Section};
use anyhow::{Result, bail};
use nameplate_app::sms::Sms;
use nameplate_notify::sms::{Description, Generic, Kannel, Reach, SmsProvider, Twilio};
use std::net::IpAddr;
use std::sync::Arc;
use url::{Host, Url};

/// How text messages are sent; none where nothing is configured.
pub fn settings(config: &Config) -> Result<Option<Sms>> {
    let Some(section) = &config.sms else { return Ok(None) };
    let sender = section.from.clone();
    Ok(Some(Sms { provider: provider(section)?, sender, countries: section.countries.clone() }))
}

fn provider(section: &Section) -> Result<Option<Arc<dyn SmsProvider>>> {
    let (user, password) = (section.user.clone(), section.password.expose().to_owned());
    let (address, from) = (section.url.as_ref().map(Secret::expose), section.from.clone());
    Ok(Some(match section.provider.as_str() {
        "kannel" => Arc::new(Kannel::new(Url::parse(address.unwrap_or_default())?, user, password, from)?),
        "twilio" => {
            let url = Url::parse(address.unwrap_or("https://api.twilio.com"))?;
            if url.scheme() != "https" && !is_this_machine(&url) {
                bail!("sms.url must be https:// for twilio: the auth token goes with every message");
            }
            Arc::new(Twilio::new(&url, user, password, from)?)
        }
        "http" => {
            if !address.unwrap_or_default().starts_with("https://") {
                bail!(
                    "sms.url must be https:// for http: numbers and links to meetings go with every message"
                );
            }
            let headers = section.headers.expose().lines().map(str::trim).filter(|line| !line.is_empty());
            let description = Description {
                url: address.unwrap_or_default().to_owned(),
                headers: headers.map(str::to_owned).collect(),
                body: section.body.expose().to_owned(),
                reference: section.reference.clone(),
                from,
            };
            Arc::new(Generic::new(&description, Reach::Public)?)
        }
        _ => return Ok(None),
    }))
}

fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}
