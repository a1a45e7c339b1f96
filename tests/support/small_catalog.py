"""A whole catalogue folder of a few invented rows, for tests of its reader."""

from pathlib import Path

SMALL = {
    "sources.csv": """\
id,title,publisher,as_of,licence,url
seznam,Zkušební seznam,Zkušebna,2026-07-31,CC0 1.0,
""",
    "vocabulary/target_groups.csv": """\
code,name,broader,min_age,max_age,seniors
SENIORI,senioři,,65,,1
NEVIDOMI,nevidomí,POSTIZENI,,,0
POSTIZENI,lidé s postižením,,,,
""",
    "vocabulary/service_types.csv": """\
code,name,category,forms,fee,typical_groups,remote,repealed,portal_id,note
40,pečovatelská služba,péče,T;A,paid,SENIORI,0,,3838,poznámka
55,telefonická krizová pomoc,prevence,T,free,,1,38/2025 Sb.,,
""",
    "vocabulary/needs.csv": """\
code,area,name,service_types,other_help,typical_groups,implied_groups,urgency
PEC-HYG,péče,hygiena,40;55,půjčovna;soused,SENIORI,,
ZDR-SUI,zdraví,ohrožení života,55,,,POSTIZENI,now
""",
    "vocabulary/barriers.csv": """\
code,name,bases,residential_only,note
ALKOHOL,alkohol,mimo zákon,0,
DUS-PSY,psychóza,okruh osob;§ 91/3 c,1,jen u pobytové
""",
    "vocabulary/calls.csv": """\
number,name,why,needs,source
155,záchranka,Jde o život.,ZDR-SUI,seznam
150,hasiči,Hoří.,,seznam
""",
    "territory/municipalities.csv": """\
code,name,orp,district,region,lat,lon,population,population_65_plus,population_as_of,source
500002,Ves,Město,Město,Kraj,50.41,13.2,300,60,2025-12-31,seznam
500001,Město,Město,Město,Kraj,50.4,13.2,,,,seznam
""",
    "territory/parts.csv": """\
code,name,municipality
900001,Zálesí,500002
""",
    "territory/elsewhere.csv": """\
name,region
Praha,Hlavní město Praha
""",
    "catalog/services.csv": """\
id,register_id,kind,type,name,provider,ico,forms,target_groups,age_min,age_max,accepts,excludes,\
covers,coverage_status,address_role,municipality_code,municipality_name,lat,lon,places,valid_from,\
valid_to,verified_on,source
s-2,1234567,registered_social,40,Péče,Péče z. s.,01234567,T;A,SENIORI;NEVIDOMI,65,80,DUS-PSY,\
ALKOHOL,orp:Město;radius:10:Ves;municipality:Praha,parsed,facility,500002,Ves,50.41,13.2,Dům;Dvůr,\
2020-01-01,2030-01-01,2026-08-01,seznam
s-1,,registered_social,40,,Jiná z. s.,,,,,,,,,,secret,,,,,,,,,seznam
s-3,,registered_social,40,Třetí,Jiná z. s.,,,,18,,,,,,,,,,,Dům,,,,seznam
s-4,,registered_social,40,Čtvrtá,Jiná z. s.,,,,,,,,municipality:Ves,declared,provider_seat,,Praha,\
50.08,14.42,,,,,seznam
""",
    "catalog/help.csv": """\
id,kind,name,provider,needs,covers,coverage_status,phone,email,web,description,source
urad,authority,Úřad,Město,PEC-HYG,country,declared,155,urad@example.test,example.test,Poradí.,seznam
""",
    "catalog/capacities.csv": """\
service_id,form,unit,registered,immediate,round_the_clock,hours,doubt
s-2,T,klient,10,0,0,Po-Pá 7:00-15:00,
s-2,T,kontakt,3,1,0,Po-Pá 7:00-15:00,divné
s-2,A,klient,0,0,1,,
""",
}
OPTIONAL_FILES = [
    "territory/parts.csv",
    "territory/elsewhere.csv",
    "catalog/help.csv",
    "catalog/capacities.csv",
]


def write_small(folder: Path) -> None:
    """Write the small catalogue into a folder."""
    for name, text in SMALL.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
