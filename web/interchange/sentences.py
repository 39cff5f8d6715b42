"""Message codes of the readers as sentences: what happened, what is kept, what to do. English here; `N_` marks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from graphdb.words import N_
from web.interchange.facts import Notice

SENTENCES: Mapping[str, str] = {
    # a whole file
    "file_too_big": N_("The file is larger than %(most_megabytes)s MB. Split it into smaller files."),
    "file_empty": N_("The file is empty."),
    "file_pdf": N_("This is a PDF. Save the table as .xlsx or .csv and try again."),
    "not_text": N_("This is not a table that can be read. Save it as .xlsx or .csv and try again."),
    "not_a_workbook": N_(
        "This is a zip archive but not an Excel workbook. Save the table as .xlsx or .csv and try again."
    ),
    "wrong_encoding": N_("The file does not fit the encoding %(encoding)s. Choose another encoding."),
    "broken_quotes": N_("The quotation marks do not match from row %(at_row)s on. Save the file again as CSV."),
    "json_damaged": N_("The JSON cannot be read: it is cut off or has a mistake in its form."),
    "json_shape": N_("The JSON must be a list of rows or a list of objects."),
    "too_many_rows": N_("There are more than %(most)s rows. Split the file."),
    "too_many_columns": N_("There are more than %(most)s columns. Delete the columns that are not needed."),
    "workbook_old_or_locked": N_(
        "The workbook is in the old .xls form or locked with a password. Save it as .xlsx without one."
    ),
    "workbook_damaged": N_("The workbook is damaged. Open it in your spreadsheet program and save it again as .xlsx."),
    "workbook_bomb": N_("The workbook unpacks to far more than it should. It was not opened."),
    "workbook_macros": N_("The workbook has macros. Save it as .xlsx without macros and try again."),
    "workbook_far_cell": N_(
        "A filled cell stands far below or right of the table. Delete the empty rows and columns around it."
    ),
    "client_data": N_(
        "Column %(where)s looks like names, birth dates or document numbers of clients. "
        "Nothing of this file was read. "
        "Delete the column and try again: such data never belong here."
    ),
    # a sheet or a column
    "hidden_sheet": N_("The sheet is hidden and was not read. Unhide it if it should be."),
    "sheet_not_understood": N_("No known table was found here. Choose what it is, or use the template."),
    "merged_cells": N_("Cells are merged. Their value was filled in for %(count)s cells below."),
    "unknown_column": N_("The header is not known. The column is left out."),
    "nodes_implied": N_("There is no list of nodes. %(count)s nodes were made from the ends of the ties."),
    "no_organisation_column": N_("No column says which organisation. Tag one with #org."),
    "no_place_column": N_("No column says where. Services are read without a place."),
    "no_service_column": N_("No column says what is done. Only organisations and places are read."),
    "unknown_tag": N_("The tag %(tag)s is not used here. The column is left out."),
    "untagged_column": N_("The column has no tag. It is left out."),
    "second_column": N_("Column %(first)s already gives this. The column is left out."),
    "stray_spaces": N_("Spaces around the text were taken away in %(count)s cells."),
    "more_alike": N_("%(count)s more rows have the same remark."),
    # a row
    "cell_too_long": N_("The text has %(length)s characters; %(most)s is the most. Shorten it."),
    "organisation_missing": N_("The row names no organisation. Fill it in or delete the row."),
    "name_missing": N_("The row has no name. Fill it in or delete the row."),
    "name_ambiguous": N_("%(count)s organisations have this name. Write the id instead."),
    "organisation_repeated": N_("The same name stands in an earlier row. Both rows are taken as one organisation."),
    "organisation_not_listed": N_(
        "This organisation is not in the list of organisations. It is looked up in the registry."
    ),
    "person_repeated": N_("The same person stands in an earlier row. Both rows are taken as one person."),
    "service_type_missing": N_("The row names no type of service. Fill it in or delete the row."),
    "relation_missing": N_("The row does not say what kind of tie this is. Fill it in or delete the row."),
    "meeting_without_title_or_date": N_("A meeting needs a title and a date. Fill them in or delete the row."),
    "assessment_incomplete": N_(
        "An assessment needs a place, a type of service and an answer: none, exists or unclear."
    ),
    "id_missing": N_("The row has no id. Fill it in or delete the row."),
    "id_too_long": N_("The id is longer than %(most)s characters. Shorten it."),
    "end_missing": N_("The tie has no end here. Fill in the id of a node or delete the row."),
    "end_unknown": N_("No node has this id. Correct it, or add the node to the list."),
    "service_missing": N_("The row names no service. Its organisation and place are kept."),
    "row_repeated": N_("The row says the same as row %(row_before)s. It is counted once."),
    "id_clash": N_("The id is already used in another row. Give each row an id of its own."),
    "id_with_two_names": N_("The same id stands with two names. The first name is kept."),
    # against the registry
    "value_left_out": N_("This is not taken as it stands; the field stays empty. Correct it and import again."),
    "id_taken": N_(
        "This id belongs to another record here (%(ref)s). Give the row another id, or write the same name."
    ),
    "id_archived": N_("This id belongs to an archived record (%(ref)s). Bring it back first, or give another id."),
    "identifier_taken": N_(
        "This register number belongs to another organisation. It is left out here; please compare."
    ),
    "organisation_unknown": N_(
        "No organisation of this name is in the list or in the registry. Add it to the list of organisations."
    ),
    "organisation_refused": N_("The row of this organisation was refused. Correct it first."),
    "place_refused": N_("The place, or the one it lies in, was refused. Correct it first."),
    "place_unknown": N_("This place is not in the registry. Ask the coordinator to add it."),
    "word_unknown": N_("This is not in the registry's lists. Ask the coordinator to add it."),
    "not_own": N_("The row is not about your own organisation. Leave it out; the coordinator can import it."),
    "minutes_approved": N_(
        "The minutes of this meeting are approved: who was there stays as it is. Open the minutes again first, or leave the row out."
    ),
    "tie_mixed": N_(
        "One end of the tie is a person, the other an organisation. Write two organisations or two people."
    ),
    "client_text": N_(
        "The text holds a phone number, a document number or the like. Take it out: such data never belong here."
    ),
    # referrals
    "person_column": N_(
        "The column looks like names, phones, documents or case numbers. It is left out: nothing of it is shown or kept. "
        "The program issues case references of its own."
    ),
    "several_in_one_row": N_(
        "The row stands for several cases. Write one row for each case: a sum cannot be followed or answered."
    ),
    "day_unreadable": N_("The day cannot be read. Write it like 2025-12-31, or leave it empty."),
    "state_unknown": N_(
        "This state is not known. Write sent, acknowledged, accepted, declined, passed on, in service, closed: helped, "
        "closed: not helped, withdrawn or lapsed."
    ),
    "reason_unknown": N_("The reason is not one of the list. It is kept as “other”."),
    "reason_missing": N_("The row does not say why. “Other” is noted as the reason."),
    "reason_left_out": N_("A reason belongs to a case that was declined or closed without help. It is left out."),
    "group_several": N_("The row names several groups. A referral has one: write one of them, or leave it empty."),
    "word_not_listed": N_(
        "This is not in the registry's lists. A list of referrals adds nothing to them: spell it as there, or have it "
        "added first."
    ),
    "place_not_listed": N_(
        "This place is not in the registry. Spell it as there, have it added first, or leave the place empty."
    ),
    "place_ambiguous": N_("Several places have this name. Fill in the region too."),
    "referral_to_itself": N_("Sender and receiver are the same organisation. Correct one of them or delete the row."),
    "sent_missing": N_("The row does not say when the case was sent. Fill the day in or delete the row."),
    "day_in_future": N_("This day is still to come. Correct it."),
    "never_sent": N_("A draft was never sent. Delete the row; import it when it was."),
    "reopened_in_list": N_(
        "One row cannot tell that a case was opened again. Write the state it had before, and reopen it on its page."
    ),
    "outcome_missing": N_("The case is closed, but not with what result. Write whether the person was helped or not."),
    "outcome_differs": N_("The state and what came of it do not fit together. Correct one of them."),
    "day_not_in_state": N_("This day does not fit the state of the case. Correct the state, or empty the day."),
    "day_missing": N_("The state says that this happened, but not when. Fill in the day, or write an earlier state."),
    "days_out_of_order": N_("This day is before the day of the step that comes ahead of it. Correct the days."),
    "accepted_by": N_(
        "When the case was accepted is not told. The day on which it must have been so at the latest is taken."
    ),
    "referral_moved_on": N_(
        "This case is here already, in another state. It was not changed; take its steps on its own page."
    ),
    # a value
    "kind_unknown": N_(
        "The kind “%(text)s” is not known. It is kept as “other”; correct it on the page of the organisation."
    ),
    "type_spelling": N_("This is spelled “%(kept)s” in another row. Both are counted as one type of service."),
    "value_unreadable": N_("The value cannot be read. The field stays empty."),
    "phone_unreadable": N_("This does not look like a phone number. It is kept as typed."),
    "coordinates_unreadable": N_("The coordinates cannot be read. The place is kept without them."),
    "group_is_number": N_("A group is expected here, not a number. It is left out."),
    "language_unknown": N_("“%(text)s” is not known as a language. It is left out."),
    "identifier_unreadable": N_(
        "This is not a register number that can be kept. Write the register and the number, like BG-EIK:000000000; "
        "numbers of persons are left out."
    ),
    "identifier_check": N_("The check digit of the %(scheme)s number is wrong. It is kept; please compare it."),
    "weight_unreadable": N_("The weight is not a number. Correct it or leave it empty."),
    "direction_unreadable": N_("Write yes or no: does the tie go one way only?"),
    "formula_uncomputed": N_("The formula in this cell was never worked out. Open the file, save it, and try again."),
    "date_unreadable": N_("The date cannot be read. Write it like 2025-12-31. The field stays unknown."),
    "date_ambiguous": N_("The date can be read in two ways. It was read as %(read_as)s."),
    "date_two_digit_year": N_("The year has two digits. The date was read as %(read_as)s."),
    "date_serial": N_("A number stands for a date. It was read as %(read_as)s."),
    "date_partial": N_("The date has no day. It was read as %(read_as)s."),
}


def sentence(notice: Notice, translate: Callable[[str], str] = str) -> str:
    """The message of a notice, in the language of `translate` (a gettext function)."""
    if notice.code == "value_refused":
        return translate(str(notice.params["problem"])).format(**notice.params)
    return translate(SENTENCES[notice.code]) % dict(notice.params)
