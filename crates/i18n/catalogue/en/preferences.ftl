# How an agent likes the pages.

box-preferences = How you see these pages
preferences-hint = Only for you. With a language chosen here, messages to you are in it too; without one they are in English. Customers see the language and the hours of their own browser.
preference-language = Language
preference-hours = Times
preference-hours-24 = 24 hours (14:00)
preference-hours-12 = 12 hours (2:00 pm)
preference-first-weekday = First day of the week
preference-theme = Theme
preference-as-browser = As your browser asks
preference-as-language = As usual in your language
preference-as-region = As usual in your country
preference-as-device = As your device has it
save-preferences = Save preferences
saved-preferences = Your preferences were saved.
