"""Wagtail's workflows, one for each path of the rules, made when first asked for."""

from __future__ import annotations

from wagtail.models import Workflow, WorkflowTask

from gongkai.review.models import ReviewStep
from gongkai.review.rules import PATH_LABELS, STEP_LABELS, STEPS, Path


def workflow_for(path: str) -> Workflow:
    """The workflow of a review path."""
    name = f"公开审查：{PATH_LABELS[Path(path)]}"
    workflow = Workflow.objects.filter(name=name, active=True).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=name, active=True)
        for order, step in enumerate(STEPS[Path(path)]):
            task, _ = ReviewStep.objects.get_or_create(step=step, defaults={"name": STEP_LABELS[step]})
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow
