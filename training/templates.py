"""Sentence patterns of our own, filled at random: wire-style reports of attacks, losses, claims and denials.

They teach the kinds no public set annotates (group, facility, weapon, vehicle, ...) and names from everywhere. Tags are
those of the own annotated sentences; `<slot>` becomes a tagged phrase of the slot's list, `<per>`, `<loc>` come from
the name lists.
"""

from __future__ import annotations

import random
import re

PLURAL_GROUPS = """gunmen|rebels|insurgents|militants|border guards|soldiers|troops|government forces|security forces|
police|residents|witnesses|villagers|activists|protesters|rescue workers|aid workers|medics|doctors|hospital officials|
local officials|officials|military officials|government troops|armed men|separatists|fighters|rebel fighters|jihadists|
suicide bombers|hostages|refugees|displaced families|civilians|local authorities|opposition leaders|community leaders|
peacekeepers|army commanders|naval forces|special forces|paramilitary fighters|tribal elders|pro-government militia|
health workers|journalists|schoolchildren|farmers|students|prisoners of war|border troops|coastguards|firefighters|
intelligence officials|human rights groups|rights groups|aid agencies|state media|coalition forces|allied militias|
workers|miners|passengers|worshippers|militiamen|herders|bandits|kidnappers|Islamist militants|army units|drone operators|
peasants|guerrillas|leftist rebels|riot police|prison guards|diplomats|mediators|negotiators|survivors|relatives""".replace("\n", "").split("|")
SINGULAR_GROUPS = """army|health ministry|defence ministry|defense ministry|foreign ministry|interior ministry|military|
government|air force|navy|presidency|opposition|rebel group|militia|military junta|junta|coalition|police|border service|
coast guard|civil defence|emergency service|state news agency|local council|city council|regional governor|
prosecutor's office|transitional council|parliament|cabinet|security council|high command|general staff|armed group|
paramilitary force|national guard|presidential guard|ruling party|interim government|state television|war monitor|
monitoring group|human rights group|news agency|hospital|military council|ethnic militia|police force|army command|
defence minister|foreign minister|interior minister|prime minister|president|governor|mayor|ambassador|army chief|
military spokesman|government spokesman|army spokesman|police chief|spokeswoman|envoy|UN envoy|rebel commander|
regional administration|occupation authorities|separatist government|provincial police""".replace("\n", "").split("|")
ORGANIZATIONS = """Boko Haram|Al-Shabaab|Hamas|Hezbollah|the Taliban|Islamic State|ISIS|PKK|FARC|ELN|M23|RSF|
Rapid Support Forces|Wagner|Wagner Group|UNHCR|UNICEF|OCHA|WHO|Red Cross|Red Crescent|Amnesty International|
Human Rights Watch|Doctors Without Borders|MSF|United Nations|UN|U.N.|NATO|African Union|European Union|EU|ECOWAS|Arab League|
Reuters|AFP|Associated Press|AP|Interfax|TASS|Xinhua|SANA|Anadolu|Al Jazeera|BBC|CNN|Kremlin|Pentagon|White House|
State Department|Syrian Democratic Forces|SDF|Free Syrian Army|Tatmadaw|Arakan Army|Lord's Resistance Army|ADF|
Allied Democratic Forces|CODECO|Polisario Front|Hayat Tahrir al-Sham|Houthis|Ansar Allah|TPLF|Tigray People's Liberation Front|
OSCE|MONUSCO|MINUSMA|UNAMA|Security Council|Supreme Court|Interior Ministry|Ministry of Defence|Defense Ministry|
State Committee for National Security|FSB|Mossad|CIA|Shin Bet|IRGC|Revolutionary Guards|Quds Force|Fatah|Likud|
Popular Mobilization Forces|Asayish|Peshmerga|Sinaloa Cartel|Gulf Clan|Amal Movement|Lashkar-e-Taiba|Jaish-e-Mohammed|
Tehrik-i-Taliban Pakistan|Balochistan Liberation Army|New People's Army|Abu Sayyaf|Moro Islamic Liberation Front|
Kachin Independence Army|Karen National Union|International Criminal Court|International Atomic Energy Agency|
World Food Programme|Syrian Observatory for Human Rights|Norwegian Refugee Council|Médecins Sans Frontières""".replace("\n", "").split("|")
WEAPONS = """rockets|mortars|mortar shells|heavy weapons|machine guns|automatic rifles|Kalashnikovs|assault rifles|grenades|
hand grenades|rocket-propelled grenades|a car bomb|a roadside bomb|improvised explosive devices|explosives|artillery|
heavy artillery|ballistic missiles|cruise missiles|missiles|cluster munitions|barrel bombs|landmines|a landmine|tear gas|
machetes|knives|small arms|Grad rockets|multiple rocket launchers|Hellfire missiles|phosphorus shells|petrol bombs|
guided bombs|anti-tank missiles|air defence missiles|S-300 missiles|Iskander missiles|Shahed drones|AK-47s|C4|howitzers|
a suicide vest|sniper rifles|rifles|shells|ammunition|a hand grenade|chlorine gas|AK-47 rifles|155mm shells""".replace("\n", "").split("|")
VEHICLES = """armoured vehicles|armored personnel carriers|tanks|T-72 tanks|pickup trucks|motorcycles|helicopters|
fighter jets|warplanes|drones|patrol boats|a patrol boat|a fishing boat|an oil tanker|a cargo ship|a frigate|trucks|
a fuel truck|buses|a bus|a minibus|an ambulance|ambulances|military trucks|an attack helicopter|Su-25 jets|MiG-29 jets|
F-16 jets|a reconnaissance drone|gunboats|a submarine|a landing ship|civilian cars|a convoy of trucks|a transport plane|
an aid convoy|a military convoy|bulldozers|a police car|a passenger train|a speedboat|Mi-8 helicopters""".replace("\n", "").split("|")
FACILITIES = """airport|military base|army base|market|hospital|police station|checkpoint|border post|bridge|school|mosque|
church|power station|power plant|oil refinery|fuel depot|ammunition depot|prison|refugee camp|embassy|parliament building|
presidential palace|port|railway station|bus station|water treatment plant|dam|hotel|university|barracks|
naval base|air base|radar station|residential building|apartment block|warehouse|gold mine|oil field|pipeline|
gas pipeline|border crossing|town hall|main market|central prison|displacement camp|maternity hospital|nuclear plant|
shopping centre|court building|cattle market|customs post|training camp""".replace("\n", "").split("|")
NATIONALITIES = """Kyrgyz|Tajik|Uzbek|Kazakh|Syrian|Iraqi|Iranian|Israeli|Palestinian|Lebanese|Turkish|Kurdish|Russian|Ukrainian|
Armenian|Azerbaijani|Georgian|Sudanese|Ethiopian|Eritrean|Somali|Kenyan|Ugandan|Rwandan|Congolese|Malian|Nigerian|
Nigerien|Cameroonian|Chadian|Libyan|Egyptian|Yemeni|Saudi|Emirati|Afghan|Pakistani|Indian|Burmese|Rohingya|Thai|Cambodian|
Filipino|Colombian|Venezuelan|Mexican|Haitian|American|British|French|German|Chinese|Serbian|Albanian|Bosnian|Chechen|Sunni|
Shiite|Shia|Christian|Muslim|Yazidi|Druze|Alawite|Tuareg|Hutu|Tutsi|Fulani|Dinka|Nuer|Tigrayan|Amhara|Oromo|US|U.S.|UN|Houthi""".replace("\n", "").split("|")
NUMBERS = """at least 42|at least 14|more than 200|about 30|some 1,500|dozens|hundreds|thousands|scores|nearly 100|up to 60|
two|three|four|five|six|seven|eight|nine|10|11|12|17|25|63|140|2,300|1.5 million|tens of thousands|as many as 35|over 400|
fewer than 20|around 80|approximately 70|several|a dozen|two dozen|more than a dozen|an estimated 3,000|no fewer than nine|
between 20 and 30|at least two|one|half a million|15,000|a hundred|almost 50""".replace("\n", "").split("|")
TIMES = """Friday|Saturday|Sunday|Monday|Tuesday|Wednesday|Thursday|early Friday|late Monday|Tuesday night|Wednesday morning|
Sunday evening|last week|last month|this week|yesterday|today|March|April|2021|2014|1992|12 May|May 12|5 January 2020|
January 5, 2020|the weekend|Thursday afternoon|overnight|last year|late August|mid-October|the past 24 hours|
the early hours of Saturday|dawn|midnight|1998|September 2022|Saturday afternoon|the 1990s|last Wednesday|earlier this month""".replace("\n", "").split("|")
SLOTS = {
    "grps": ("grp", PLURAL_GROUPS),
    "grp": ("grp", SINGULAR_GROUPS),
    "org": ("org", ORGANIZATIONS),
    "wea": ("wea", WEAPONS),
    "veh": ("veh", VEHICLES),
    "fac": ("fac", FACILITIES),
    "nat": ("nat", NATIONALITIES),
    "num": ("num", NUMBERS),
    "tim": ("tim", TIMES),
}
TITLES = """President|Prime Minister|Foreign Minister|Gen.|Lt. Gen.|Maj. Gen.|Col.|Brig. Gen.|Capt.|Maj.|Mr|Mr.|Sheikh|
Defence Minister|Commander|Governor|Mayor|Dr.|Ambassador|Sergeant|Interior Minister|spokesman|army chief|
rebel leader""".replace("\n", "").split("|")

TEMPLATES = """
{S1 The <nat> <grp>} {Q1 said} {C1 <num> <grps> were killed when <wea> hit a <fac> in <loc>} on <tim>.
{C1 <num> people were killed and <num> wounded in an attack on a <fac> near <loc>}, {S1 <grps>} {Q1 said} on <tim>.
{C1 “The situation in <loc> is calm now,”} {S1 <title> <per>} {Q1 said}.
{C1 “We have lost everything,”} {Q1 said} {S1 <per>, a resident of <loc>}.
{S1 <org>} {Q1 claimed} {C1 responsibility for the attack} in <loc> on <tim>.
{S1 <title> <per>} {Q1 denied} {C1 that <nat> <grps> had used <wea>}.
{S1 <loc>} {Q1 accused} {C1 <loc> of shelling a <fac> with <wea>}.
{Q1 According to} {S1 <org>}, {C1 <num> <grps> have fled <loc> since <tim>}.
{Q1 According to} {S1 the <grp>}, {C1 <veh> crossed the border from <loc> on <tim>}.
<Grps> armed with <wea> attacked a <fac> in <loc> on <tim>, killing <num> people.
<Grps> opened fire on <grps> at a <fac> in <loc>, {S1 <org>} {Q1 reported}.
{S1 The <grp>} {Q1 ordered} {C1 its forces to withdraw from <loc>}.
{S1 The <grp>} {Q1 did not give} {C1 details of the losses}.
{S1 <org>} {Q1 called for} {C1 an immediate ceasefire in <loc>}.
{S1 <per>, a spokesman for <org>,} {Q1 told} <org> {C1 that <num> <grps> had been arrested}.
{S1 <title> <per>} {Q1 vowed} {C1 to retaliate against <org>}.
{S1 The <nat> <grp>} {Q1 said in a statement} {C1 that its <veh> had destroyed a <fac>}.
{C1 <num> <veh> were destroyed near <loc>}, {Q1 according to} {S1 the <nat> <grp>}.
{S1 The <grp>} {Q1 blamed} {C1 <org> for the blast}, but {S2 the group} {Q2 rejected} {C2 the accusation}.
{S1 <org>} {Q1 said} {C1 {S2 <grps>} {Q2 reported} {C2 hearing <wea> near the <fac>}}.
{S1 <org>}, {Q1 citing} {S1 <grps>}, {Q1 reported} {C1 that <wea> had been fired at <loc>}.
{S1 A <grp>} {Q1 confirmed} {C1 the death of <title> <per> in <loc>}.
It {Q1 was not clear} {C1 who had fired the <wea>}.
<Veh> {Q1 reportedly} {C1 struck a <fac> in <loc>}.
<Grps> from <loc> and <grps> from <loc> exchanged fire with <wea> on <tim>.
A <fac> in <loc> was hit by <wea> on <tim>, wounding <num> <grps>.
The <nat> <grp> seized <num> <veh> and <wea> from <org> in <loc>.
<num> <grps> and <num> <grps> were among the dead.
<Num> <nat> <grps> were captured by <org> near the town of <loc> in <tim>.
Fighting between the <grp> and <org> has killed <num> people in <loc> since <tim>.
{S1 <nat> <grps>} {Q1 said} {C1 <org> had taken <num> <grps> hostage at a <fac>}.
{S1 The <grp>} {Q1 warned} {C1 that <grps> could attack <loc>}.
{S1 <title> <per>} {Q1 threatened} {C1 to send <veh> to <loc>}.
{S1 <org>} {Q1 condemned} {C1 the killing of <num> <grps>} in <loc>.
{S1 Both sides} {Q1 agreed} {C1 to a truce from <tim>}.
{S1 <loc>} and {S1 <loc>} {Q1 have accused} {C1 each other of breaking the ceasefire}.
{S1 He} {Q1 added} {C1 that <veh> had been seen near <loc>}.
{C1 “They came on <veh> and burned the <fac>,”} {S1 he} {Q1 said}. {C1 “<num> of us hid in the bush.”}
{S1 The <grp>} {Q1 says} {C1 <org> is behind the attack}; {S2 <org>} {Q2 denies} {C2 it}.
{S1 <per>} {Q1 told reporters} in <loc> {C1 that <num> <veh> had arrived}.
Reports from <loc> {Q1 suggest} {C1 that <grps> have entered the <fac>}.
{S1 <nat> media} {Q1 claimed} {C1 <num> <nat> <grps> had been killed}, a figure that {S2 <org>} {Q2 could not verify}.
The <nat> <grp> deployed <veh> along the border with <loc> on <tim>.
<per> and <per> were killed by <wea> in <loc> on <tim>.
<title> <per> met <title> <per> in <loc> on <tim>.
{S1 <org>} {Q1 accuses} {C1 <loc> of arming <org> with <wea>}.
{S1 The <grp>} {Q1 refused} {C1 to comment}.
{S1 The <grp>} {Q1 pledged} {C1 an investigation into the strike on the <fac>}.
In <loc>, <grps> dug through the rubble of a <fac> hit by <wea>.
{C1 The <veh> had been shot down over <loc>}, {S1 the <nat> <grp>} {Q1 said}, {Q2 denying} {C2 an earlier report by <org>}.
{S1 <grps>} {Q1 told} <org> {C1 they had seen <num> bodies} near the <fac> in <loc>.
A court in <loc> sentenced <num> <grps> of <org> on <tim>.
On <tim>, <org> and <org> signed an agreement in <loc>.
<org> fighters entered <loc> with <veh> and <wea>.
The <fac> in <loc>, which employs <num> <grps>, was closed on <tim>.
{S1 The <nat> <grp>} {Q1 said} {C1 <num> of its <grps> died}, while {S2 <org>} {Q2 put} {C2 the toll at <num>}.
{S1 <per> of <org>} {Q1 urged} {C1 <loc> and <loc> to pull back their <grps>}.
{S1 <org>} {Q1 expressed concern} about {C1 the use of <wea> against <grps>}.
{S1 The <grp> in <loc>} {Q1 announced} {C1 a curfew from <tim>}.
{S1 An eyewitness} {Q1 described} {C1 how <grps> stormed the <fac> with <wea>}.
""".strip().split("\n")


def fill(template: str, rng: random.Random, person: list[list[str]], place: list[list[str]]) -> str:
    """One annotated line from a pattern; names come as lists of words."""

    def join(forms: list[str]) -> str:
        return re.sub(r" ([-'\u2019.,)])", r"\1", " ".join(forms)).replace("- ", "-").replace("( ", "(")

    def slot(match: re.Match) -> str:
        name = match[1]
        if name == "per":
            return "{per " + join(rng.choice(person)) + "}"
        if name == "loc":
            return "{loc " + join(rng.choice(place)) + "}"
        if name == "title":
            return rng.choice(TITLES)
        tag, choices = SLOTS[name.lower()]
        phrase = rng.choice(choices)
        article = ""
        for word in ("the ", "an ", "a "):
            if phrase.startswith(word) and tag != "num":
                article, phrase = word, phrase[len(word) :]
        if name[0].isupper():
            if article:
                article = article[0].upper() + article[1:]
            else:
                phrase = phrase[0].upper() + phrase[1:]
        return article + "{" + tag + " " + phrase + "}"

    line = re.sub(r"<(\w+)>", slot, template)
    return line
