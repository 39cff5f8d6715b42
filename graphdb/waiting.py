"""What waits for a reader today, and the network's last 90 days, in one row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from analytics.participation import MATCHED
from graphdb.agreements.reading import SIGNED
from graphdb.agreements.reminding import USUAL_DAYS, WARNED_DAYS
from graphdb.catalogue import kind_of
from graphdb.gaps import OPEN as OPEN_GAPS
from graphdb.mentoring.network import ENDED
from graphdb.mentoring.reminding import AGREED_UNTIL, ENDS_DAYS
from graphdb.network import limits_of
from graphdb.programmes.reading import GONE
from graphdb.records.text import title
from graphdb.statements import Read

if TYPE_CHECKING:
    from collections.abc import Mapping

    from graphdb.actors import Viewer
    from graphdb.connection import Graph


@dataclass(frozen=True, slots=True)
class Waiting:
    """Lists of what waits, each entry a list in the order its query names; ids, so that names come from elsewhere.

      to_answer, unanswered: referrals received and sent: [id, service, other, priority, asked for an answer on].  actions: [id, text, owner,
      due].  invitations: [meeting, title, starts].
      conferences: those the viewer is named in: [conference, case reference, starts]; case_steps: the viewer's own in them:
      [conference, case reference, due].  drafts: those the viewer's organisations are asked about and have not answered: [draft, title,
      last day].  to_decide: for a coordinator, those closed or past their last day whose answers are not reported, the same.  unwritten: meetings past and not written down, the same.  to_verify:
      own organisations with services nobody confirmed lately: [organisation, how many].  stale: how many partners nobody
      checked lately (None where that is not the reader's to do).  escalated: referrals without an
    answer for twice their time (for a coordinator).  lapsing: agreements: [id, title, until].  gaps: the
      weightiest open ones: [id, class, points, reasons, place, service, group, organisations].  concerns: open ones told to
      the viewer: [id, pair, raised on, urgent].  supervised: mentors of the viewer's programmes who have active pairs: [id, name, active
      pairs, last session, first day of the first pair].  ending_pairs: active pairs of overseen
      programmes whose agreement ends soon: [id, reference, end]; endless_pairs: how many say no end.  unmatched: leaders there
      whom the matching finds waiting for a mentor.
    """

    organisations: int
    people: int
    to_answer: list[list[Any]]
    unanswered: list[list[Any]]
    actions: list[list[Any]]
    invitations: list[list[Any]]
    conferences: list[list[Any]]
    case_steps: list[list[Any]]
    drafts: list[list[Any]]
    to_decide: list[list[Any]]
    concerns: list[list[Any]]
    supervised: list[list[Any]]
    ending_pairs: list[list[Any]]
    endless_pairs: int
    unmatched: int
    unwritten: list[list[Any]]
    to_verify: list[list[Any]]
    stale: int
    escalated: int
    lapsing: list[list[Any]]
    gaps: list[list[Any]]
    gap_counts: list[list[Any]]
    referrals: list[list[Any]]
    met: int
    actions_due: int
    actions_kept: int
    gaps_closed: int
    gaps_found: int
    clocks: list[list[str]]

    @property
    def answer_limits(self) -> Mapping[str, timedelta]:
        """By priority, within which time a referral is answered in this network."""
        return limits_of(dict(self.clocks))


WAITING = Read(
    Waiting,
    """
    RETURN
      COUNT { MATCH (o:Organisation) WHERE o.archived_at IS NULL AND (o.valid_to IS NULL OR o.valid_to > $today) } AS organisations,
      COUNT { (:Person) } AS people,
      COLLECT {
        MATCH (r:Referral)-[:TO]->(me:Organisation) WHERE me.id IN $mine AND r.archived_at IS NULL AND r.state IN ['sent', 'reopened']
          AND (r.import_id IS NULL OR r.asked_at IS NOT NULL)
        MATCH (other:Organisation)-[:SENT]->(r)
        MATCH (r)-[:FOR_SERVICE]->(t:ServiceType)
        WITH r, t, other, coalesce(date(r.asked_at), r.sent_on) AS asked ORDER BY asked LIMIT $limit
        RETURN [r.id, t.id, other.id, r.priority, asked]
      } AS to_answer,
      COLLECT {
        MATCH (me:Organisation)-[:SENT]->(r:Referral) WHERE me.id IN $mine AND r.archived_at IS NULL AND r.state IN ['sent', 'reopened']
          AND (r.import_id IS NULL OR r.asked_at IS NOT NULL)
        MATCH (r)-[:TO]->(other:Organisation)
        MATCH (r)-[:FOR_SERVICE]->(t:ServiceType)
        WITH r, t, other, coalesce(date(r.asked_at), r.sent_on) AS asked ORDER BY asked LIMIT $limit
        RETURN [r.id, t.id, other.id, r.priority, asked]
      } AS unanswered,
      COLLECT {
        MATCH (p:ActionPoint)-[:OWNED_BY]->(o:Organisation) WHERE p.archived_at IS NULL AND p.state IN ['open', 'in_progress']
          AND ((o.id IN $mine AND p.due <= $soon) OR ($coordinates AND p.due < $today))
        WITH p, o ORDER BY p.due, p.ref LIMIT $limit RETURN [p.id, p.text, o.id, p.due]
      } AS actions,
      COLLECT {
        MATCH (o:Organisation)-[v:INVITED]->(m:Meeting) WHERE o.id IN $mine AND v.answer IS NULL
          AND m.archived_at IS NULL AND m.state = 'invited' AND date(m.starts_at) >= $today
        WITH DISTINCT m ORDER BY m.starts_at LIMIT $limit RETURN [m.id, coalesce(m['name_' + $lang], m.name), m.starts_at]
      } AS invitations,
      COLLECT {
        MATCH (:Person {id: $viewer_person})-[:NAMED_IN]->(n:CaseConference) WHERE n.archived_at IS NULL AND n.state = 'planned'
        WITH n ORDER BY n.starts_at LIMIT $limit RETURN [n.id, n.case_ref, n.starts_at]
      } AS conferences,
      COLLECT {
        MATCH (me:Person {id: $viewer_person})<-[:DONE_BY]-(s:CaseStep)-[:AGREED_IN]->(n:CaseConference)
        WHERE s.archived_at IS NULL AND s.state = 'open' AND n.archived_at IS NULL AND n.state IN ['planned', 'held']
          AND EXISTS { (me)-[:NAMED_IN]->(n) }
        WITH s, n ORDER BY s.due, s.id LIMIT $limit RETURN [n.id, n.case_ref, s.due]
      } AS case_steps,
      COLLECT {
        MATCH (o:Organisation)<-[:ASKED_FOR_COMMENTS]-(d:Consultation) WHERE o.id IN $mine AND d.archived_at IS NULL
          AND d.state = 'open' AND d.until >= $today AND NOT EXISTS { (d)-[:NOTHING_TO_ADD]->(o) }
          AND NOT EXISTS { MATCH (d)<-[:COMMENT_ON]-(n:DraftComment)-[:COMMENT_BY]->(o) WHERE n.archived_at IS NULL }
        WITH DISTINCT d ORDER BY d.until, d.ref LIMIT $limit RETURN [d.id, coalesce(d['name_' + $lang], d.name), d.until]
      } AS drafts,
      COLLECT {
        MATCH (d:Consultation) WHERE $coordinates AND d.archived_at IS NULL
          AND (d.state = 'closed' OR (d.state = 'open' AND d.until < $today))
        WITH d ORDER BY d.until, d.ref LIMIT $limit RETURN [d.id, coalesce(d['name_' + $lang], d.name), d.until]
      } AS to_decide,
      COLLECT {
        MATCH (n:Concern)-[:MEANT_FOR]->(:Person {id: $viewer_person}) WHERE n.archived_at IS NULL AND n.state <> 'closed'
        MATCH (n)-[:CONCERNS]->(m:Mentorship)
        WITH n, m ORDER BY n.raised_on, n.id LIMIT $limit RETURN [n.id, m.ref, n.raised_on, coalesce(n.urgent, false)]
      } AS concerns,
      COLLECT {
        MATCH (p:Person)-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_supervised AND p.archived_at IS NULL
          AND p.role_class = 'mentor' AND coalesce(p.state, '') <> 'left'
          AND EXISTS { (p)-[:MENTORS_IN]->(:Mentorship {state: 'active'}) }
        WITH DISTINCT p ORDER BY p.ref LIMIT $limit
        RETURN [p.id, """
    + title(kind_of("Person"), "p")
    + """, COUNT { MATCH (p)-[:MENTORS_IN]->(m:Mentorship {state: 'active'}) WHERE m.archived_at IS NULL },
          head(COLLECT { MATCH (s:Supervision)-[:SUPERVISES]->(p) WHERE s.archived_at IS NULL AND s.on <= $today
            RETURN s.on AS last ORDER BY last DESC LIMIT 1 }),
          head(COLLECT { MATCH (p)-[:MENTORS_IN]->(m:Mentorship) WHERE m.archived_at IS NULL AND m.valid_from IS NOT NULL
            RETURN m.valid_from AS since ORDER BY since LIMIT 1 })]
      } AS supervised,
      COLLECT {
        MATCH (m:Mentorship {state: 'active'})-[:IN_PROGRAMME]->(g:Programme) WHERE g.id IN $viewer_overseen AND m.archived_at IS NULL
        WITH DISTINCT m, """
    + AGREED_UNTIL
    + """ AS until WHERE until <= $today + duration({days: $ends})
        WITH m, until ORDER BY until, m.ref LIMIT $limit RETURN [m.id, m.ref, until]
      } AS ending_pairs,
      COUNT {
        MATCH (m:Mentorship {state: 'active'})-[:IN_PROGRAMME]->(g:Programme)
        WHERE g.id IN $viewer_overseen AND m.archived_at IS NULL AND """
    + AGREED_UNTIL
    + """ IS NULL
      } AS endless_pairs,
      COUNT {
        MATCH (who:Person)<-[:PLACE_OF]-(p:Participation {role: 'leader'})-[:PLACE_IN]->(g:Programme)
        WHERE g.id IN $viewer_overseen AND g.archived_at IS NULL AND p.archived_at IS NULL AND p.state IN $matched
          AND who.archived_at IS NULL AND NOT EXISTS {
            MATCH (who)-[:MENTEE_IN]->(m:Mentorship)<-[:MENTORS_IN]-(mentor:Person)
            WHERE m.archived_at IS NULL AND NOT m.state IN $ended AND NOT ("""
    + GONE
    + """) }
      } AS unmatched,
      COLLECT {
        MATCH (m:Meeting) WHERE $coordinates AND m.archived_at IS NULL AND m.state IN ['planned', 'invited']
          AND date(m.starts_at) < $today
        WITH m ORDER BY m.starts_at LIMIT $limit RETURN [m.id, coalesce(m['name_' + $lang], m.name), m.starts_at]
      } AS unwritten,
      COLLECT {
        MATCH (o:Organisation) WHERE o.id IN $mine AND o.archived_at IS NULL
        WITH o, COUNT { MATCH (o)-[:PROVIDES]->(s:Service) WHERE s.archived_at IS NULL AND s.status = 'active'
                        AND (s.valid_to IS NULL OR s.valid_to > $today)
                        AND (s.assured_on IS NULL OR s.assured_on < $stale_before) } AS n
        WHERE n > 0 OR o.assured_on IS NULL OR o.assured_on < $stale_before
        WITH o, n ORDER BY o.ref RETURN [o.id, n]
      } AS to_verify,
      COUNT { MATCH (o:Organisation) WHERE $coordinates AND o.archived_at IS NULL AND coalesce(o.membership, '') <> 'left'
              AND (o.valid_to IS NULL OR o.valid_to > $today)
              AND (o.assured_on IS NULL OR o.assured_on < $stale_before) } AS stale,
      COUNT { MATCH (r:Referral) WHERE $coordinates AND r.archived_at IS NULL AND r.state IN ['sent', 'reopened']
              AND r.escalated_at IS NOT NULL } AS escalated,
      COLLECT {
        MATCH (a:Agreement) WHERE a.archived_at IS NULL AND a.valid_to > $today
          AND a.valid_to <= $today + duration({days: """
    + WARNED_DAYS
    + """})
          AND NOT coalesce(a.stage, 'signed') IN ['idea', 'drafting', 'legal', 'terminated']
          AND NOT EXISTS { MATCH (a)<-[:FOLLOWS]-(b:Agreement) WHERE b.archived_at IS NULL AND """
    + SIGNED
    + """ }
          AND ($coordinates OR EXISTS { MATCH (a)<-[:PARTY_TO]-(o:Organisation) WHERE o.id IN $mine })
        WITH a ORDER BY a.valid_to, a.ref LIMIT $limit RETURN [a.id, coalesce(a['name_' + $lang], a.name), a.valid_to]
      } AS lapsing,
      COLLECT {
        MATCH (g:Gap) WHERE $reads_gaps AND g.archived_at IS NULL AND g.state IN $open_gaps AND NOT g.cls IN $withheld
        WITH g ORDER BY coalesce(g.points, 0) DESC, g.first_seen, g.ref LIMIT 3
        RETURN [g.id, g.cls, g.points, g.reasons,
                head(COLLECT { MATCH (g)-[:FOR_PLACE]->(x:Place) RETURN x.id }),
                head(COLLECT { MATCH (g)-[:FOR_SERVICE]->(x:ServiceType) RETURN x.id }),
                head(COLLECT { MATCH (g)-[:FOR_GROUP]->(x:PopulationGroup) RETURN x.id }),
                COLLECT {
                  MATCH (g)-[tie:GAP_OF|GAP_WITH|GAP_AMONG]->(x:Organisation)
                  WITH x, CASE type(tie) WHEN 'GAP_OF' THEN 0 WHEN 'GAP_WITH' THEN 1 ELSE 2 END AS rank ORDER BY rank, x.ref
                  RETURN x.id }]
      } AS gaps,
      COLLECT {
        MATCH (g:Gap) WHERE $reads_gaps AND g.archived_at IS NULL AND g.state IN $open_gaps
        WITH g.cls AS cls, count(g) AS n ORDER BY n DESC, cls RETURN [cls, n]
      } AS gap_counts,
      COLLECT {
        MATCH (r:Referral) WHERE r.archived_at IS NULL AND r.state <> 'draft' AND r.sent_on > $since AND r.sent_on <= $today
        WITH r.priority AS priority, r.sent_on AS sent, r.answered_on AS answered, count(r) AS n ORDER BY sent, priority, answered
        RETURN [priority, sent, answered, n]
      } AS referrals,
      COUNT { MATCH (o:Organisation) WHERE o.archived_at IS NULL AND EXISTS {
        MATCH (o)-[t:ATTENDED]->(m:Meeting) WHERE m.state = 'held' AND m.archived_at IS NULL
          AND date(m.starts_at) > $since AND t.mode IN ['present', 'deputy', 'online'] } } AS met,
      COUNT { MATCH (p:ActionPoint) WHERE p.archived_at IS NULL AND p.state <> 'cancelled'
              AND p.due > $since AND p.due <= $today } AS actions_due,
      COUNT { MATCH (p:ActionPoint) WHERE p.archived_at IS NULL AND p.state = 'done'
              AND p.due > $since AND p.due <= $today AND p.done_on <= p.due } AS actions_kept,
      COUNT { MATCH (g:Gap) WHERE g.archived_at IS NULL AND g.gone_on > $since } AS gaps_closed,
      COUNT { MATCH (g:Gap) WHERE g.archived_at IS NULL AND g.first_seen > $since
              AND g.state IN $open_gaps } AS gaps_found,
      COLLECT { MATCH (s:Setting) WHERE s.key STARTS WITH 'clock_' RETURN [s.key, s.value] } AS clocks
    """,
)

MENTORING = ("leader_without_mentor", "quiet_pair", "pair_quiet")


@dataclass(frozen=True, slots=True)
class Limits:
    """Days: how long a check is believed, how far actions are looked ahead, how far back figures go."""

    fresh: int
    ahead: int
    back: int


def waiting(
    graph: Graph, viewer: Viewer, today: date, language: str, limits: Limits, *, coordinates: bool, reads_gaps: bool
) -> Waiting:
    """What waits for the viewer's organisations, and for a coordinator in the whole network. One statement."""
    row = graph.one(
        WAITING, mine=list(viewer.organisations), coordinates=coordinates, reads_gaps=reads_gaps, today=today,
        stale_before=today - timedelta(limits.fresh), usual_days=USUAL_DAYS[0],
        ends=ENDS_DAYS, matched=sorted(MATCHED), ended=ENDED, as_of=today,
        soon=today + timedelta(limits.ahead), since=today - timedelta(limits.back), open_gaps=OPEN_GAPS,
        withheld=MENTORING, limit=20, lang=language, **viewer.params(),
    )  # fmt: skip
    assert row is not None
    return row
