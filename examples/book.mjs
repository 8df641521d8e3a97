/**
 * A typed client of the REST API (the types are read by editors and by `tsc --checkJs`), with nothing but Node: books the first free time of
 * an agent, moves the meeting to the next one and cancels it.
 *
 *     node examples/book.mjs http://localhost:8080 anna
 *
 * It books for real: try it on the demonstration (`cargo run --release -- demo`).
 *
 * @typedef {{slug: string, name: string, duration_minutes: number}} MeetingType
 * @typedef {{name: string, time_zone: string, meeting_types: MeetingType[]}} Card What customers see of an agent.
 * @typedef {{start: string, local: string}} Slot The instant in UTC, and on the clock of the zone that was asked for.
 * @typedef {{id: string, status: string, start: string, manage_url: string}} Meeting
 * @typedef {{code: string, title: string, detail?: string, errors?: {pointer: string, code: string, message: string}[]}} Problem
 */

/** An answer of the server that is no success. `code` stays what it is, the message is for people. */
class Refused extends Error {
  /** @param {Problem} problem */
  constructor(problem) {
    super(problem.detail ?? problem.title);
    this.code = problem.code;
    this.errors = problem.errors ?? [];
  }
}

class Client {
  /** @param {string} base */
  constructor(base) {
    this.base = base.replace(/\/+$/, "");
  }

  /** @param {string} agent @returns {Promise<Card>} */
  card(agent) {
    return this.#send("GET", `/agents/${encodeURIComponent(agent)}/public`);
  }

  /**
   * @param {string} agent @param {string} meetingType @param {string} from @param {string} to @param {string} zone
   * @returns {Promise<Slot[]>}
   */
  async slots(agent, meetingType, from, to, zone) {
    const query = new URLSearchParams({ meeting_type: meetingType, from, to, time_zone: zone });
    return (await this.#send("GET", `/agents/${encodeURIComponent(agent)}/slots?${query}`)).slots;
  }

  /**
   * @param {string} agent @param {string} meetingType @param {string} start
   * @param {{name: string, email: string, time_zone: string}} customer
   * @returns {Promise<Meeting>}
   */
  book(agent, meetingType, start, customer) {
    return this.#send("POST", "/meetings", { agent, meeting_type: meetingType, start, customer });
  }

  /** @param {Meeting} meeting @param {string} start @returns {Promise<Meeting>} */
  reschedule(meeting, start) {
    return this.#send("PATCH", `/meetings/${meeting.id}`, { start }, tokenOf(meeting));
  }

  /** @param {Meeting} meeting @param {string} reason @returns {Promise<Meeting>} */
  cancel(meeting, reason) {
    return this.#send("DELETE", `/meetings/${meeting.id}`, { reason }, tokenOf(meeting));
  }

  /** @param {string} method @param {string} path @param {object} [body] @param {string} [token] */
  async #send(method, path, body, token) {
    /** @type {Record<string, string>} */
    const headers = { "Accept-Language": "en" };
    if (body) {
      headers["Content-Type"] = "application/json";
      // A server that gets the same key again does nothing twice: whoever tries again sends it again.
      headers["Idempotency-Key"] = crypto.randomUUID();
    }
    if (token) headers.Authorization = `Bearer ${token}`;
    const signal = AbortSignal.timeout(30_000);
    const answer = await fetch(`${this.base}/api/v1${path}`, { method, headers, body: JSON.stringify(body), signal });
    if (!answer.ok && !answer.headers.get("content-type")?.includes("json")) {
      // Not the server itself: a proxy before it.
      throw new Refused({ code: `status_${answer.status}`, title: answer.statusText });
    }
    const json = await answer.json();
    if (!answer.ok) throw new Refused(json);
    return json;
  }
}

/** The customer's personal token: good for this meeting alone. @param {Meeting} meeting @returns {string} */
const tokenOf = (meeting) => meeting.manage_url.slice(meeting.manage_url.lastIndexOf("/") + 1);

/** The date of an instant on the clock of a zone. @param {number} instant @param {string} timeZone @returns {string} */
const day = (instant, timeZone) => new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(instant);

const [base, agent] = process.argv.slice(2);
try {
  if (!agent) throw new Refused({ code: "usage", title: "URL and slug, please" });
  const client = new Client(base);
  const card = await client.card(agent);
  const kind = card.meeting_types[0];
  if (!kind) throw new Refused({ code: "no_meeting_type", title: "The agent has no meeting type" });
  console.log(`${card.name}: ${kind.name}, ${kind.duration_minutes} minutes`);
  const now = Date.now();
  const [from, to] = [day(now, card.time_zone), day(now + 14 * 86_400_000, card.time_zone)];
  const [first, second] = await client.slots(agent, kind.slug, from, to, card.time_zone);
  if (!second) throw new Refused({ code: "no_free_time", title: "No two free times in two weeks" });
  const customer = { name: "Zoë Example", email: "zoe@example.com", time_zone: card.time_zone };
  let meeting = await client.book(agent, kind.slug, first.start, customer);
  console.log(`${meeting.status}: ${first.local} (${card.time_zone})`);
  meeting = await client.reschedule(meeting, second.start);
  console.log(`${meeting.status}: ${second.local} (${card.time_zone})`);
  meeting = await client.cancel(meeting, "Only an example");
  console.log(meeting.status);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(`${error.message} (${error.code})`);
  process.exitCode = 1;
}
