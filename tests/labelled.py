"""Labelled data as an evaluation reads it, invented."""

from pathlib import Path

TITLE = "Ketamine and invented cytokines after invented surgery of the knee"
RECORDS = f'''"ID","title","year","author","pages","volume","number","ENTRYTYPE","journal"
"a1","{TITLE}",2011,"Roe, Anna B. and Poe, Carl","11-19",4,2,"article","Invented Journal"
"a2","{TITLE.upper()}.",2011,"Roe, A. B. and Poe, C.","11-9",4,,"article","Invented Journal"
"b1","Propofol for an invented endoscopy of children",2011,"Poe, Carl","3-9",4,2,"article","Invented Journal"
"c1","Sesame against an invented swelling of the ankle","n.d.","Doe, D",,,,"article",
'''
GROUPS = '"merged_ids"\n"a1;a2"\n'


def a_labelled_set(folder: Path) -> Path:
    """Four records in ``folder``, which is made, of which two are one report."""
    folder.mkdir(parents=True)
    (folder / "records_pre_merged.csv").write_text(RECORDS, encoding="utf-8")
    (folder / "merged_record_ids.csv").write_text(GROUPS, encoding="utf-8")
    return folder
