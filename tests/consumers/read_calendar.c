/* Reads calendar files with libical, which also checks them against the restriction tables of iTIP (RFC 5546).
   One JSON line a file: an error, or the fields. */

#include <libical/ical.h>
#include <stdio.h>
#include <string.h>

static char raw[1 << 20];

static void json(const char *text) {
  putchar('"');
  for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
    if (*c == '"' || *c == '\\') printf("\\%c", *c);
    else if (*c < 0x20) printf("\\u%04x", *c);
    else putchar(*c);
  }
  putchar('"');
}

static void field(const char *name, const char *value) {
  printf(", \"%s\": ", name);
  json(value);
}

static const char *property(icalcomponent *event, icalproperty_kind kind) {
  icalproperty *found = icalcomponent_get_first_property(event, kind);
  icalvalue *value = found ? icalproperty_get_value(found) : 0;
  if (!value) return "";
  return icalvalue_isa(value) == ICAL_TEXT_VALUE ? icalvalue_get_text(value) : icalvalue_as_ical_string(value);
}

static void person(icalproperty *line) {
  const char *address = icalvalue_as_ical_string(icalproperty_get_value(line));
  icalparameter *name = icalproperty_get_first_parameter(line, ICAL_CN_PARAMETER);
  printf("{\"address\": ");
  json(strncasecmp(address, "mailto:", 7) ? address : address + 7);
  field("name", name ? icalparameter_get_cn(name) : "");
  const char *words[][2] = {{"ROLE", "role"}, {"PARTSTAT", "partstat"}, {"RSVP", "rsvp"}};
  for (int n = 0; n < 3; n++) field(words[n][1], icalproperty_get_parameter_as_string(line, words[n][0]));
  printf("}");
}

int main(int count, char **files) {
  for (int n = 1; n < count; n++) {
    FILE *file = fopen(files[n], "rb");
    if (!file) return 1;
    raw[fread(raw, 1, sizeof raw - 1, file)] = 0;
    fclose(file);
    printf("{\"file\": ");
    json(files[n]);
    field("reader", "libical");
    printf(", \"fields\": {\"reader\": \"libical\"");
    icalcomponent *calendar = icalparser_parse_string(raw);
    if (!calendar || icalcomponent_count_errors(calendar) || !icalrestriction_check(calendar)) {
      field("error", calendar ? icalcomponent_as_ical_string(calendar) : "not a calendar");
    } else {
      icalcomponent *event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
      field("method", icalproperty_method_to_string(icalcomponent_get_method(calendar)));
      printf(", \"sequence\": %d", icalcomponent_get_sequence(event));
      field("uid", property(event, ICAL_UID_PROPERTY));
      field("start", property(event, ICAL_DTSTART_PROPERTY));
      field("end", property(event, ICAL_DTEND_PROPERTY));
      field("stamp", property(event, ICAL_DTSTAMP_PROPERTY));
      field("summary", property(event, ICAL_SUMMARY_PROPERTY));
      field("description", property(event, ICAL_DESCRIPTION_PROPERTY));
      field("location", property(event, ICAL_LOCATION_PROPERTY));
      field("url", property(event, ICAL_URL_PROPERTY));
      field("status", property(event, ICAL_STATUS_PROPERTY));
      printf(", \"organizer\": ");
      person(icalcomponent_get_first_property(event, ICAL_ORGANIZER_PROPERTY));
      printf(", \"attendees\": [");
      icalproperty *line = icalcomponent_get_first_property(event, ICAL_ATTENDEE_PROPERTY);
      for (int first = 1; line; line = icalcomponent_get_next_property(event, ICAL_ATTENDEE_PROPERTY), first = 0) {
        if (!first) printf(", ");
        person(line);
      }
      printf("]");
    }
    printf("}}\n");
    if (calendar) icalcomponent_free(calendar);
  }
  return 0;
}
