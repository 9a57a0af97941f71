"""Labelled data as an evaluation reads it, invented."""

import gzip
import json
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


LABELS = ("systematic_review", "meta_analysis", "rodent", "human", "trial", "randomized_trial", "child", "protocol")
ABSTRACTS = (
    ("1", "Ketamine in invented pain.", "Sixty patients were randomised to ketamine.", "human trial randomized_trial"),
    ("2", "Ketamine and sleep.", "Ketamine was weighed.", "human trial randomized_trial"),
    ("3", "Ketamine in rats.", "Rats slept.", "rodent"),
    ("4", "Ketamine.", "Nothing is said.", ""),
    ("none", "Ketamine.", "Nothing is said.", ""),
)


def labelled_abstracts(folder: Path) -> Path:
    """Five labelled abstracts in ``folder``, of which one has no PMID."""
    rows = [
        {"pmid": pmid, "title": title, "abstract": text} | {label: str(int(label in true.split())) for label in LABELS}
        for pmid, title, text, true in ABSTRACTS
    ]
    (folder / "design").mkdir(parents=True)
    lines = "\n".join(map(json.dumps, rows))
    (folder / "design" / "labelled_abstracts.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return folder
