"""Runs ASReview's simulation, in an interpreter that has ASReview and needs nothing of litwatch.

Called as ``python asreview_script.py ASKED ANSWERED``, two JSON files. Asked: ``texts`` (title and abstract each),
``labels`` (0 or 1 each) and ``priors`` (a list of places for each simulation). Answered: for each simulation the
``order`` of the places and the ``seconds`` of the processor that it took. The model is the first of ASReview's table,
its default.
"""

import json
import sys
from pathlib import Path
from time import process_time


def main(asked: str, answered: str) -> None:
    """Run the simulations that the file ``asked`` describes, and write what came of them."""
    import numpy
    import pandas
    from asreview.learner import ActiveLearningCycle
    from asreview.models.models import AI_MODEL_CONFIGURATIONS
    from asreview.simulation.simulate import Simulate

    task = json.loads(Path(asked).read_text(encoding="utf-8"))
    texts = pandas.DataFrame(task["texts"], columns=["title", "abstract"])
    labels = numpy.array(task["labels"])
    told = []
    for priors in task["priors"]:
        start = process_time()
        cycle = ActiveLearningCycle.from_meta(AI_MODEL_CONFIGURATIONS[0]["value"])
        simulation = Simulate(texts, labels, cycles=[cycle], print_progress=False)
        simulation.label(priors)
        simulation.review()
        order = [int(place) for place in simulation._results["record_id"]]
        told.append({"order": order, "seconds": process_time() - start})
    Path(answered).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
