"""Meetings: planned from what is open, held, written down, and what became of their decisions.

A meeting is a record of the kit; its agenda items and decisions are nodes of their own:
`(Meeting)-[:HAS_ITEM]->(AgendaItem)-[:LED_TO]->(Decision)-[:REQUIRES]->(ActionPoint)`, `(AgendaItem)-[:ABOUT]->(Gap)`,
`(AgendaItem)-[:CARRIED_FROM]->(AgendaItem)` of an earlier meeting, `(Organisation)-[:INVITED|ATTENDED]->(Meeting)`.
"""
