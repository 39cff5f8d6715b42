"""Closed vocabularies: codes are stored, words are shown and translated.

Organisation kinds follow OCHA's organisation types with the kinds the networks themselves name; `maps_to` is the
IATI OrganisationType code.
"""

from __future__ import annotations

from graphdb.catalogue.shapes import Term
from graphdb.words import N_

VOCABULARIES: dict[str, tuple[Term, ...]] = {
    "organisation_kind": (
        Term("institution", N_("State institution"), "10"),
        Term("municipality", N_("Municipality"), "11"),
        Term("district", N_("City district or region"), "11"),
        Term("social_work_centre", N_("Social-work centre"), "15"),
        Term("youth_office", N_("Youth office"), "11"),
        Term("reception_centre", N_("Reception centre"), "10"),
        Term("school", N_("School or kindergarten"), "15"),
        Term("clinic", N_("Clinic or hospital"), "15"),
        Term("police", N_("Police"), "10"),
        Term("court", N_("Court or prosecutor"), "10"),
        Term("ngo", N_("National NGO"), "22"),
        Term("local_ngo", N_("Local NGO or association"), "23"),
        Term("international_ngo", N_("International NGO"), "21"),
        Term("red_cross", N_("Red Cross or Red Crescent"), "22"),
        Term("un_agency", N_("UN or intergovernmental agency"), "40"),
        Term("community_group", N_("Community group"), "90"),
        Term("faith", N_("Religious organisation"), "90"),
        Term("media", N_("Media outlet"), "70"),
        Term("academic", N_("University or research"), "80"),
        Term("donor", N_("Donor or foundation"), "60"),
        Term("business", N_("Business"), "70"),
        Term("other", N_("Other"), "90"),
    ),
    "level": (
        Term("local", N_("Local")),
        Term("regional", N_("Regional")),
        Term("national", N_("National")),
        Term("international", N_("International")),
    ),
    "sector": (
        Term("protection", N_("Protection")),
        Term("child_protection", N_("Child protection")),
        Term("gbv", N_("Violence against women")),
        Term("health", N_("Health")),
        Term("mental_health", N_("Mental health")),
        Term("education", N_("Education")),
        Term("employment", N_("Employment")),
        Term("housing", N_("Housing")),
        Term("legal", N_("Legal help")),
        Term("social", N_("Social support")),
        Term("language", N_("Language")),
        Term("culture", N_("Culture and sport")),
        Term("media", N_("Media")),
        Term("coordination", N_("Coordination")),
    ),
    "membership": (
        Term("prospect", N_("Could become a partner")),
        Term("invited", N_("Invited")),
        Term("active", N_("Active partner")),
        Term("dormant", N_("Quiet")),
        Term("left", N_("Has left")),
    ),
    "role_class": (
        Term("staff", N_("Staff")),
        Term("mentor", N_("Mentor")),
        Term("leader", N_("Community leader")),
        Term("expert", N_("Expert")),
        Term("volunteer", N_("Volunteer")),
        Term("journalist", N_("Journalist")),
    ),
    "person_state": (
        Term("active", N_("Active")),
        Term("away", N_("Away for a time")),
        Term("left", N_("Has left")),
    ),
    "place_level": (
        Term("country", N_("Country")),
        Term("region", N_("Region")),
        Term("municipality", N_("Municipality")),
        Term("district", N_("District of a city")),
        Term("settlement", N_("Town or village")),
        Term("site", N_("Site")),
    ),
    "service_status": (
        Term("active", N_("Open")),
        Term("temporarily_closed", N_("Closed for now")),
        Term("inactive", N_("Not offered now")),
        Term("defunct", N_("Ended")),
        Term("draft", N_("Draft")),
    ),
    "cost": (
        Term("free", N_("Free of charge")),
        Term("affordable", N_("Small fee")),
        Term("paid", N_("Paid")),
    ),
    "agreement_kind": (
        Term("mou", N_("Memorandum of understanding")),
        Term("protocol", N_("Protocol")),
        Term("information_sharing", N_("Information-sharing protocol")),
        Term("sub_grant", N_("Sub-grant")),
    ),
    "project_state": (
        Term("idea", N_("Idea")),
        Term("submitted", N_("Submitted")),
        Term("running", N_("Running")),
        Term("ended", N_("Ended")),
        Term("archived", N_("Closed and filed")),
    ),
    "size_band": (
        Term("under_50", N_("Under 50 people")),
        Term("50_200", N_("50 to 200 people")),
        Term("200_1000", N_("200 to 1,000 people")),
        Term("over_1000", N_("Over 1,000 people")),
    ),
    "statement": (
        Term("declared", N_("Declared")),
        Term("confirmed", N_("Confirmed by the other side")),
        Term("disputed", N_("Disputed")),
    ),
    "tie_topic": (
        Term("works_with", N_("Works with")),
        Term("informs", N_("Shares information with")),
        Term("funds", N_("Funds")),
        Term("trains", N_("Trains")),
        Term("refers", N_("Refers people to")),
    ),
    "assessment_result": (
        Term("none", N_("We asked: there is none")),
        Term("exists", N_("We asked: there is some")),
        Term("unclear", N_("We asked: nobody could say")),
    ),
    "priority": (
        Term("emergency", N_("Emergency: 24 hours")),
        Term("urgent", N_("Urgent: 72 hours")),
        Term("normal", N_("Normal: 14 days")),
    ),
    "referral_state": (
        Term("draft", N_("Draft")),
        Term("sent", N_("Sent")),
        Term("acknowledged", N_("Acknowledged")),
        Term("accepted", N_("Accepted")),
        Term("rejected", N_("Declined")),
        Term("redirected", N_("Passed on")),
        Term("in_service", N_("Service has begun")),
        Term("closed_successful", N_("Closed: helped")),
        Term("closed_unsuccessful", N_("Closed: not helped")),
        Term("withdrawn", N_("Withdrawn")),
        Term("expired", N_("Lapsed without an answer")),
    ),
    "decline_reason": (
        Term("no_capacity", N_("No room")),
        Term("not_eligible", N_("Not eligible")),
        Term("no_interpreter", N_("No interpreter")),
        Term("missing_document", N_("A document is missing")),
        Term("wrong_place", N_("Wrong place")),
        Term("not_offered", N_("This service is not offered")),
        Term("no_consent", N_("The person does not agree")),
        Term("other", N_("Other")),
    ),
    "meeting_state": (
        Term("planned", N_("Planned")),
        Term("invited", N_("Invitations sent")),
        Term("held", N_("Held")),
        Term("cancelled", N_("Cancelled")),
    ),
    "attendance_mode": (
        Term("present", N_("Present")),
        Term("deputy", N_("Present through a deputy")),
        Term("online", N_("Present online")),
        Term("excused", N_("Excused")),
        Term("absent", N_("Absent")),
    ),
    "item_state": (
        Term("proposed", N_("Proposed")),
        Term("accepted", N_("On the agenda")),
        Term("discussed", N_("Discussed")),
        Term("postponed", N_("Postponed")),
        Term("dropped", N_("Dropped")),
    ),
    "action_state": (
        Term("open", N_("Open")),
        Term("in_progress", N_("In progress")),
        Term("done", N_("Done")),
        Term("cancelled", N_("Cancelled")),
    ),
    "mentorship_state": (
        Term("proposed", N_("Proposed")),
        Term("agreed", N_("Agreed")),
        Term("active", N_("Active")),
        Term("paused", N_("Paused")),
        Term("completed", N_("Completed")),
        Term("ended_early", N_("Ended early")),
    ),
    "channel": (
        Term("met", N_("Met")),
        Term("phone", N_("Phone")),
        Term("chat", N_("Chat")),
        Term("online", N_("Video call")),
    ),
    "contact_topic": (
        Term("school", N_("School place")),
        Term("health", N_("Health")),
        Term("housing", N_("Housing")),
        Term("work", N_("Work")),
        Term("papers", N_("Papers and status")),
        Term("language", N_("Language")),
        Term("community", N_("Community matter")),
        Term("other", N_("Other")),
    ),
    "gap_state": (
        Term("detected", N_("Found")),
        Term("confirmed", N_("Confirmed")),
        Term("false_positive", N_("Not a gap")),
        Term("accepted_risk", N_("Risk accepted")),
        Term("on_agenda", N_("On the agenda")),
        Term("in_action", N_("In action")),
        Term("closed_verified", N_("Closed and checked")),
        Term("reopened", N_("Open again")),
    ),
    "gap_class": (
        Term("not_assessed", N_("not asked")),
        Term("absent", N_("nobody")),
        Term("unverified", N_("unverified")),
        Term("inaccessible", N_("not for them")),
        Term("saturated", N_("full")),
        Term("fragile", N_("one")),
        Term("unknown_to_others", N_("nobody sends")),
        Term("covered", N_("covered")),
        Term("C2", N_("paper tie")),
        Term("C3", N_("informal dependency")),
        Term("C6", N_("never in the room")),
        Term("C12", N_("isolated partner")),
        Term("leader_without_mentor", N_("leader without a mentor")),
        Term("pair_quiet", N_("quiet pair")),
    ),
    "role": (
        Term("partner", N_("Focal point of a partner")),
        Term("leader", N_("Community leader")),
        Term("mentor", N_("Mentor")),
        Term("supervisor", N_("Supervisor of mentors")),
        Term("manager", N_("Manager")),
        Term("coordinator", N_("Coordinator")),
        Term("administrator", N_("Administrator")),
    ),
}


def word_of(vocabulary: str, code: str) -> str:
    """English word of a code; the code itself when the vocabulary does not know it."""
    return next((term.word for term in VOCABULARIES[vocabulary] if term.code == code), code)


def codes(vocabulary: str) -> tuple[str, ...]:
    """Codes of a vocabulary in its order."""
    return tuple(term.code for term in VOCABULARIES[vocabulary])
