"""An assistant's side of /mcp, by the protocol's own client library: it finds an agent by name, books the first free time for a customer, moves and
cancels the meeting, and tells of each step in a line of JSON.

URL as the argument; an admin's token as the first line of standard input, an agent's words as the second, the first date as the third.
"""

import asyncio
import json
import sys

import httpx2
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client

URL = sys.argv[1]
TOKEN, WORDS, DATE = (sys.stdin.readline().strip() for _ in range(3))


async def called(session, tool, **arguments):
    result = await session.call_tool(tool, arguments)
    print(json.dumps({"tool": tool, "is_error": result.is_error, "answer": result.structured_content}), flush=True)
    return result.structured_content


async def main():
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {TOKEN}"}) as http:
        async with streamable_http_client(URL, http_client=http) as streams:
            async with ClientSession(streams[0], streams[1]) as session:
                greeting = await session.initialize()
                print(json.dumps({"server": greeting.server_info.name, "version": greeting.protocol_version}))
                tools = (await session.list_tools()).tools
                print(json.dumps({"tools": [tool.name for tool in tools]}))
                agent = (await called(session, "find_agents", search=WORDS, status="active"))["agents"][0]["slug"]
                card = await called(session, "get_agent", agent=agent)
                kind = card["meeting_types"][0]["slug"]
                free = await called(session, "list_free_times", agent=agent, meeting_type=kind, **{"from": DATE, "to": DATE})
                first, second = (slot["start"] for slot in free["slots"][:2])
                customer = {"name": "Zoë Example", "email": "zoe@example.com", "time_zone": "America/New_York"}
                wish = {"agent": agent, "meeting_type": kind, "start": first, "customer": customer}
                meeting = await called(session, "book_meeting", **wish)
                await called(session, "book_meeting", **wish)
                token = meeting["manage_url"].rsplit("/", 1)[1]
                await called(session, "reschedule_meeting", meeting=meeting["id"], start=second, personal_token=token)
                await called(session, "cancel_meeting", meeting=meeting["id"], personal_token=token)
                await called(session, "get_meeting", meeting=meeting["id"])


asyncio.run(main())
