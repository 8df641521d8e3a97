//! What a browser calls itself, in words. The header is long, wrong and for people meaningless; browser and system are all
//! that helps to recognise one's own device, so a short list does.

/// A browser on a system, each by its key in [`Device::key`] and by the name it is known by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Device {
    browser: Option<Known>,
    system: Option<Known>,
}

type Known = (&'static str, &'static str);

/// In the order in which they must be asked: most browsers also carry the names of those they descend from.
const BROWSERS: [(&str, Known); 8] = [
    ("Edg", ("edge", "Edge")),
    ("OPR/", ("opera", "Opera")),
    ("SamsungBrowser/", ("samsung", "Samsung Internet")),
    ("Firefox/", ("firefox", "Firefox")),
    ("FxiOS/", ("firefox", "Firefox")),
    ("CriOS/", ("chrome", "Chrome")),
    ("Chrome/", ("chrome", "Chrome")),
    ("Safari/", ("safari", "Safari")),
];
const SYSTEMS: [(&str, Known); 7] = [
    ("iPhone", ("iphone", "iPhone")),
    ("iPad", ("ipad", "iPad")),
    ("Android", ("android", "Android")),
    ("Windows", ("windows", "Windows")),
    ("CrOS", ("chromeos", "ChromeOS")),
    ("Mac OS X", ("macos", "macOS")),
    ("Linux", ("linux", "Linux")),
];

impl Device {
    /// Reads a `User-Agent` header.
    pub fn read(header: &str) -> Self {
        let known = |list: &[(&str, Known)]| {
            list.iter().find(|(mark, _)| header.contains(mark)).map(|(_, known)| *known)
        };
        Self { browser: known(&BROWSERS), system: known(&SYSTEMS) }
    }

    /// Reads what [`Self::key`] wrote, so that an address can name a device and nothing else.
    pub fn from_key(key: &str) -> Self {
        let (browser, system) = key.split_once('-').unwrap_or_default();
        let known = |list: &[(&str, Known)], key: &str| {
            list.iter().find(|(_, (own, _))| *own == key).map(|(_, known)| *known)
        };
        Self { browser: known(&BROWSERS, browser), system: known(&SYSTEMS, system) }
    }

    /// `firefox-windows`
    pub fn key(self) -> String {
        let key = |known: Option<Known>| known.map_or("", |(key, _)| key);
        format!("{}-{}", key(self.browser), key(self.system))
    }

    /// The names of browser and system, as far as they are known.
    pub fn names(self) -> (Option<&'static str>, Option<&'static str>) {
        (self.browser.map(|(_, name)| name), self.system.map(|(_, name)| name))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn se_01_browsers_and_systems_are_told_apart() {
        let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)";
        let cases = [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
                "firefox-windows",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36",
                "chrome-linux",
            ),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/142.0.0.0 Safari/537.36 Edg/142.0",
                "edge-windows",
            ),
            (&format!("{mac} Version/26.1 Safari/605.1.15"), "safari-macos"),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/26.1 Mobile/15E148 Safari/604.1",
                "safari-iphone",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15; SM-S921B) AppleWebKit/537.36 SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36",
                "samsung-android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/142.0 Mobile/15E148 Safari/604.1",
                "chrome-iphone",
            ),
            ("curl/8.14.1", "-"),
            ("", "-"),
        ];
        for (header, key) in cases {
            let device = Device::read(header);
            assert_eq!(device.key(), key, "{header}");
            assert_eq!(Device::from_key(key), device);
        }
        assert_eq!(Device::from_key("<b>you were robbed</b>").names(), (None, None));
    }
}
