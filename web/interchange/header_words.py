"""Header words by field ("name", or "table.name" where a field is called otherwise in one table)."""

from __future__ import annotations

HEADER_WORDS = {
    "organisations.id": "org id; organisation id; код; идентификатор; номер",
    "people.id": "person id; код; идентификатор",
    "services.id": "service id; код; идентификатор",
    "meetings.id": "meeting id; код; идентификатор",
    "organisations.name": (
        "organization; org; org name; organisation name; organization name; provider; partner; partner "
        "organisation; agency; institution; implementing partner; организация; име на организация; "
        "партньор; партньорска организация; доставчик; институция; organizācija; partneris; pakalpojuma "
        "sniedzējs; iestāde; organizacija; partnerska organizacija; ustanova; pružalac; organisation; "
        "име; наименование; название; nosaukums; naziv; ime"
    ),
    "people.name": (
        "person; contact person; contact name; full name; focal point name; staff name; име; имена; лице "
        "за контакт; име и фамилия; vārds; vārds uzvārds; kontaktpersona; ime; ime i prezime; kontakt "
        "osoba"
    ),
    "name_en": "english name; име на английски; nosaukums angliski; naziv na engleskom",
    "aliases": "alias; also known as; other name; други имена; друго име; citi nosaukumi; drugi nazivi",
    "acronym": "abbreviation; short name; съкращение; абревиатура; saīsinājums; skraćenica",
    "organisations.kind": (
        "organisation type; organization type; type; type of organisation; вид; вид организация; тип; тип "
        "организация; veids; organizācijas veids; vrsta; tip; tip organizacije"
    ),
    "level": "ниво; līmenis; nivo",
    "identifier": (
        "registration number; identifier; еик; булстат; регистрационен номер; reģistrācijas numurs; pib; matični broj"
    ),
    "country": "country name; държава; страна; valsts; država; zemlja",
    "adm1": (
        "admin level 1; admin 1; district; province; governorate; oblast; област; район; регион; reģions; okrug; regija"
    ),
    "adm2": "admin level 2; admin 2; община; pašvaldība; novads; opština",
    "loc": "town; city; village; settlement; location; населено място; град; място; vieta; mesto; grad",
    "place_code": "p-code; pcode; admin code; код на място; екатте; nuts; vietas kods; šifra mesta",
    "languages": "language; език; езици; valodas; valoda; jezici; jezik",
    "website": (
        "web; url; organisation url; web site; уебсайт; сайт; интернет страница; mājaslapa; tīmekļa "
        "vietne; sajt; veb-sajt"
    ),
    "email": "e-mail; mail; email address; имейл; е-поща; ел. поща; електронна поща; e-pasts; e-pošta",
    "phone": "telephone; mobile; телефон; тел; тел.; мобилен; tālrunis; telefon; mobilni",
    "publish": "publish; public; публикуване; publicēt; objaviti",
    "do_not_contact": "no contact; да не се търси; не се свързвайте; nesazināties; ne kontaktirati",
    "protected_location": "secret location; защитен адрес; защитено място; aizsargāta vieta; zaštićena lokacija",
    "assured_on": (
        "checked; verified on; last verified; last updated; assured date; проверено на; проверена на; "
        "последна проверка; актуално към; pārbaudīts; provereno"
    ),
    "note": (
        "notes; remark; remarks; comment; comments; description; бележка; бележки; забележка; описание; "
        "piezīme; piezīmes; napomena; opis"
    ),
    "organisation": (
        "organization; org; org name; organisation name; organization name; provider; partner; partner "
        "organisation; agency; institution; implementing partner; организация; име на организация; "
        "партньор; партньорска организация; доставчик; институция; organizācija; partneris; pakalpojuma "
        "sniedzējs; iestāde; organizacija; partnerska organizacija; ustanova; pružalac"
    ),
    "role": "роля; loma; uloga",
    "position": "job title; title; длъжност; позиция; amats; položaj; funkcija",
    "focal_point": "лице за контакт (да/не); основен контакт; galvenā kontaktpersona; glavni kontakt",
    "backup": "deputy; заместник; резервен контакт; aizvietotājs; zamena",
    "valid_from": "start; start date; since; от дата; начало; в сила от; no datuma; sākums; od datuma; početak",
    "valid_to": "end; end date; until; до дата; край; в сила до; līdz datumam; beigas; do datuma; kraj",
    "service_type": (
        "service type; sector; sector (english); service; services; type; услуга; услуги; вид услуга; тип "
        "услуга; сектор; дейност; pakalpojums; pakalpojuma veids; nozare; joma; usluga; vrsta usluge; "
        "sektor; oblast rada"
    ),
    "service_name": (
        "service name; activity; project; име на услугата; наименование на услугата; проект; pakalpojuma "
        "nosaukums; naziv usluge"
    ),
    "group": (
        "groups; target group; target groups; population group; beneficiaries; целева група; целеви "
        "групи; за кого; mērķgrupa; mērķgrupas; ciljna grupa; ciljne grupe"
    ),
    "eligibility": "eligibility; conditions; условия; условия за достъп; nosacījumi; uslovi",
    "documents": "required documents; documents; документи; необходими документи; dokumenti; potrebna dokumenta",
    "cost": "fee; fees; price; цена; такса; cena; maksa",
    "capacity": "places; капацитет; места; kapacitāte; kapacitet",
    "status": "state; статус; състояние; statuss",
    "from": "from organisation; organisation 1; partner 1; от; от организация; no; od",
    "to": "to organisation; organisation 2; partner 2; към; до организация; uz; ka; prema",
    "relation": "tie; type; kind; relation type; връзка; вид връзка; вид; saikne; veids; veza; vrsta veze",
    "directed": "direction; one-way; еднопосочна; посока; virziens; smer",
    "weight": "strength; сила; тежест; stiprums; jačina",
    "date": "on; дата; datums; datum",
    "ties.evidence": "evidence; източник; доказателство; pierādījums; avots; dokaz; izvor",
    "assessments.evidence": "evidence; source; източник; avots; izvor",
    "title": "title; subject; meeting title; среща; заглавие; тема; sanāksme; nosaukums; sastanak; naslov",
    "held_on": "date; meeting date; on; дата; дата на срещата; datums; datum",
    "place": "location; venue; място; vieta; mesto",
    "series": "working group; поредица; работна група; sērija; darba grupa; serija; radna grupa",
    "person": "participant; representative; участник; представител; dalībnieks; pārstāvis; učesnik; predstavnik",
    "mode": "attended; present; in person or online; присъствал; присъствие; начин; apmeklējums; piedalījās; prisustvo",
    "result": "result; exists; available; резултат; има ли; налична; rezultāts; rezultat; postoji",
    "assessed_on": "date; assessed on; дата; datums; datum",
    "by": "by; assessed by; от кого; проверил; kas jautāja; ko je pitao",
    "organisation_kind": (
        "organisation type; organization type; type of organisation; kind of organisation; вид организация; "
        "тип организация; organizācijas veids; tip organizacije"
    ),
    "organisation_website": (
        "web; url; organisation url; web site; уебсайт; сайт; интернет страница; mājaslapa; tīmekļa "
        "vietne; sajt; veb-sajt"
    ),
    "organisation_email": ("e-mail; mail; email address; имейл; е-поща; ел. поща; електронна поща; e-pasts; e-pošta"),
    "organisation_phone": ("telephone; mobile; телефон; тел; тел.; мобилен; tālrunis; telefon; mobilni"),
    "sender": (
        "from; sent by; sender; sending organisation; sending agency; sending partner; referring agency; referring "
        "organisation; referring organization; referring partner; referred by; referral from; referral source; "
        "transitioned by agency; transitioned by user agency; owned by agency; от; от организация; изпращащ; изпраща; "
        "изпращаща организация; насочваща организация; насочващ; nosūtītājs; nosūtītāja organizācija; nosūta; no; "
        "pošiljalac; upućivač; organizacija koja upućuje; uputila organizacija; upućuje; od"
    ),
    "receiver": (
        "to; sent to; receiver; receiving organisation; receiving organization; receiving agency; receiving partner; "
        "referred to; referred to agency; referral to; referred to organisation; service provider; recipient; "
        "implementing agency; service implementing agency; transitioned to agency; към; до; до организация; получател; "
        "приемаща организация; получаваща организация; насочен към; saņēmējs; saņēmēja organizācija; kam; "
        "primalac; organizacija koja prima; upućeno ka; prima; ka"
    ),
    "referrals.service_type": (
        "service type; type of service; service; services; sector; referral sector; sector referred to; service "
        "requested; requested service; service sector; услуга; вид услуга; сектор; поискана услуга; търсена услуга; "
        "pakalpojums; pakalpojuma veids; nozare; usluga; vrsta usluge; sektor; tražena usluga"
    ),
    "sent_on": (
        "sent on; date sent; sent date; sent; referral date; date of referral; referred on; date referred; created at; "
        "transition date; дата на насочване; дата на изпращане; изпратено на; изпратен на; насочен на; nosūtīts; "
        "nosūtīšanas datums; nosūtījuma datums; datum upućivanja; datum slanja; poslato; upućeno; datum; date; дата; datums"
    ),
    "acknowledged_on": (
        "acknowledged; date acknowledged; acknowledgement date; received on; date received; получено на; потвърдено на; "
        "дата на потвърждение; дата на получаване; saņemts; apstiprināts; saņemšanas datums; primljeno; potvrđeno; "
        "datum prijema; datum potvrde"
    ),
    "accepted_on": (
        "accepted; date accepted; acceptance date; date of acceptance; прието на; приет на; дата на приемане; pieņemts; "
        "pieņemšanas datums; prihvaćeno; datum prihvatanja"
    ),
    "started_on": (
        "started on; service started; service start date; service start; date service started; service implemented on; "
        "service implemented day time; service provided on; започнала на; начало на услугата; услугата започна; "
        "дата на започване; pakalpojums sākts; sākuma datums; usluga počela; početak usluge; datum početka"
    ),
    "closed_on": (
        "closed; date closed; closing date; closure date; date of closure; closed at; completed on; completion date; "
        "приключено на; приключен на; дата на приключване; закрито на; slēgts; slēgšanas datums; pabeigts; zatvoreno; "
        "datum zatvaranja; završeno; datum završetka"
    ),
    "answered_on": (
        "answered; date answered; response date; date of response; responded at; responded on; feedback date; date of "
        "feedback; first response; отговорено на; дата на отговор; отговор на; atbildēts; atbildes datums; "
        "odgovoreno; datum odgovora"
    ),
    "referrals.state": (
        "status; referral status; state; current status; status of referral; transition status; статус; състояние; статус на "
        "насочването; statuss; stāvoklis; stanje; status upućivanja"
    ),
    "outcome": (
        "outcome; result; success status; referral outcome; service implemented; резултат; изход; rezultāts; iznākums; "
        "rezultat; ishod"
    ),
    "reason": (
        "reason; rejection reason; reason for rejection; rejected reason; reason not accepted; reason not successful; "
        "reason for non acceptance; причина; причина за отказ; iemesls; atteikuma iemesls; razlog; razlog odbijanja"
    ),
    "priority": (
        "priority; urgency; referral priority; referral type; response timeframe; service response timeframe; приоритет; "
        "спешност; prioritāte; steidzamība; prioritet; hitnost"
    ),
    "referrals.group": (
        "for whom; population group; target group; population; group; cohort; целева група; група; за кого; mērķgrupa; grupa; "
        "ciljna grupa"
    ),
    "age_band": (
        "age; age group; age band; age range; възраст; възрастова група; vecums; vecuma grupa; uzrast; starost; "
        "starosna grupa"
    ),
    "count": "count; number of referrals; total; referrals; брой; брой насочвания; skaits; broj; broj upućivanja",
    "latitude": "lat; ширина; platums; širina",
    "longitude": "lon; lng; long; дължина; garums; dužina",
}
