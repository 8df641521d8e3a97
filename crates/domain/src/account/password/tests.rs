use super::*;

const CONTEXT: Context<'static> = Context {
    name: "Anna Bérg",
    email: "anna.berg@example.com",
    slug: "anna-berg",
    phone: "+31 6 12345678",
    organisation: "Green Lake Advisers",
};

fn verdict(candidate: &str, minimum: usize) -> Result<(), Problem> {
    check(candidate, minimum, &CONTEXT).map(drop)
}

#[test]
fn sec_a01_any_characters_count_once_each_up_to_256() {
    assert_eq!(Policy::new(3, 0), Policy::new(8, 8));
    assert_eq!((Policy::default().minimum(false), Policy::default().minimum(true)), (15, 8));
    assert_eq!(verdict("", 15), Err(Problem::Empty));
    assert_eq!(verdict("fourteen chars", 15), Err(Problem::PasswordTooShort { min: 15 }));
    assert_eq!(verdict("fifteen letters", 15), Ok(()));
    assert_eq!(verdict("zq9\0 w🦦 \n~vk\u{202E}é)", 15), Ok(()));
    let long = "otter🦦 under glass ".repeat(20);
    let cut = |n: usize| long.chars().take(n).collect::<String>();
    assert_eq!(verdict(&cut(256), 15), Ok(()));
    assert_eq!(verdict(&cut(257), 15), Err(Problem::PasswordTooLong { max: 256 }));
    assert_eq!(verdict(&"🦦".repeat(2_000_000), 15), Err(Problem::PasswordTooLong { max: 256 }));
}

#[test]
fn sec_a01_composed_and_decomposed_are_one_password_and_nothing_is_cut_off() {
    let composed = Password::typed("caf\u{E9} \u{212B}ngstrom").unwrap();
    let decomposed = Password::typed("cafe\u{301} A\u{30A}ngstrom").unwrap();
    assert_eq!(composed.as_bytes(), decomposed.as_bytes());
    assert_ne!(Password::typed(" a").unwrap(), Password::typed("a").unwrap());
    let head = "x".repeat(72);
    assert_ne!(Password::typed(&format!("{head}1")).unwrap(), Password::typed(&format!("{head}2")).unwrap());
    assert_eq!(format!("{composed:?}"), "Password(…)");
}

#[test]
fn sec_a02_every_listed_password_is_refused_in_any_case_and_leet_form() {
    let mut previous = "";
    let mut fits = 0;
    for word in common::all() {
        assert!(previous < word, "sorted: {word}");
        previous = word;
        let leet: String = word
            .chars()
            .enumerate()
            .map(|(at, c)| match c {
                'a' if at % 2 == 0 => '@',
                'e' => '3',
                'i' => '1',
                'o' => '0',
                's' if at % 2 == 1 => '$',
                't' => '7',
                other => other.to_ascii_uppercase(),
            })
            .collect();
        for form in [word, &word.to_uppercase(), &leet, &format!("{word}{word}"), &format!("12-{word}!9")] {
            let refused = verdict(form, Policy::FLOOR);
            let short = form.chars().count() < Policy::FLOOR;
            assert!(refused == Err(Problem::PasswordCommon) || short, "{form}: {refused:?}");
        }
        fits += usize::from(word.len() >= 15);
    }
    assert!(fits >= 3_000, "{fits} of them have 15 characters");
}

#[test]
fn sec_a02_well_known_ones() {
    for password in [
        "password",
        "Passw0rd",
        "P@$$w0rd",
        "12345678",
        "123456789",
        "qwertyuiop",
        "iloveyou",
        "baseball",
        "football",
        "sunshine",
        "princess",
        "1qaz2wsx",
        "superman",
        "trustno1",
        "starwars",
        "whatever",
        "computer",
        "michelle",
        "Sunshine2026!",
        "passwordpassword",
        "Sunsh1ne!!Sunsh1ne!!",
        "1234567890987654321",
        "q1w2e3r4t5y6u7i8",
    ] {
        assert_eq!(verdict(password, 8), Err(Problem::PasswordCommon), "{password}");
    }
}

#[test]
fn sec_a02_words_of_the_account_count_for_nothing() {
    for password in [
        "anna-berg-anna-berg",
        "AnnaBergAnnaBerg",
        "4nn4 B3rg 4nn4 B3rg",
        "anna.berg@example.com",
        "Anna Bérg 2026!!!",
        "green lake advisers",
        "GreenLakeAdvisers1",
        "+31 6 12345678 berg",
        "31612345678612345678",
        "NameplateNameplate",
        "Nameplate-Anna-2026",
        "MyNameplatePassword1",
        "greenlake12345678",
    ] {
        assert_eq!(verdict(password, 15), Err(Problem::PasswordContext), "{password}");
    }
    for password in
        ["nameplate trowel unguided sprig", "a green lantern below the anchor", "savannah bergamot otter"]
    {
        assert_eq!(verdict(password, 15), Ok(()), "{password}");
    }
}

#[test]
fn sec_a02_no_random_passphrase_is_refused() {
    // Words of up to nine letters that nobody chose, from a generator with a fixed seed.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut below = |n: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) % n
    };
    let mut pick = |letters: &str| {
        let at = below(letters.chars().count() as u64);
        letters.chars().nth(usize::try_from(at).unwrap()).unwrap()
    };
    for _ in 0..5_000 {
        let words: Vec<String> = (0..4)
            .map(|_| (0..2).flat_map(|_| [pick("bdfgklmnprstvwz"), pick("aeiou"), pick("lmnrst")]).collect())
            .collect();
        assert_eq!(verdict(&words.join(" "), 15), Ok(()), "{words:?}");
        let short: String =
            (0..8).map(|_| pick("abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789!?")).collect();
        assert_eq!(verdict(&short, 8), Ok(()), "{short}");
    }
}

#[test]
fn patterns_are_refused_though_nobody_listed_them() {
    let four = "q7Zk".repeat(20);
    for password in ["xyxyxyxyxyxyxyxyxy", "ёёёёёёёёёёёёёёёё", &four, "ghijklmnopqrstu", "fedcbazyxwvutsrq"]
    {
        assert_eq!(verdict(password, 15), Err(Problem::PasswordTooSimple), "{password}");
    }
}

#[test]
fn sec_r25_the_estimate_of_the_strangest_password_takes_a_moment() {
    // The first estimate of all reads the dictionaries.
    assert_eq!(verdict("quiet otter under glass", 15), Ok(()));
    let started = std::time::Instant::now();
    assert_eq!(verdict(&"4@8({[<369#01!|7+$5%2".repeat(12), 15), Ok(()));
    assert!(started.elapsed() < std::time::Duration::from_secs(1), "{:?}", started.elapsed());
}
