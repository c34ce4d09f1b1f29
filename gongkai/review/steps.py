"""The steps of a page's review in Wagtail's editor, and the workflows that they make up.

Above ``pages`` on purpose: the steps ask a page's sheet, the page knows a workflow's name only.
"""

from __future__ import annotations

from typing import Any

from django.db import models, transaction
from wagtail.models import Task, TaskState, Workflow, WorkflowTask

from gongkai.review import actions
from gongkai.review.pages import sheet_for, workflow_name
from gongkai.review.queries import may_decide
from gongkai.review.rules import COLUMN_PATHS, STEP_LABELS, STEPS, Verdict


class ReviewStep(Task):
    """One step of a page's review in Wagtail's editor; it asks the sheet, and tells it."""

    step = models.CharField("环节", max_length=20, unique=True)

    class Meta:
        app_label = "review"
        verbose_name = verbose_name_plural = "审查环节"

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return self._may_decide(obj, user)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """Nobody edits while a version is being reviewed; the drafter may take it back."""
        return True

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        """None in the editor: people decide on the sheet, where the findings stand.

        Whoever has an action here may also cancel the review without a reason.
        """
        return []

    def _may_decide(self, obj: Any, user: Any) -> bool:
        state = obj.current_workflow_state
        if state is None or state.current_task_state is None:
            return False
        return may_decide(user, sheet_for(state.current_task_state.revision))

    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> None:
        verdict = Verdict.APPROVE if action_name == "approve" else Verdict.RETURN
        with transaction.atomic():
            sheet = sheet_for(task_state.revision)
            actions.decide(sheet, verdict, by=user, reason=kwargs.get("comment", ""))
            super().on_action(task_state, user, action_name, **kwargs)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, task=self.task_ptr
        ).select_related("revision")
        mine = [s.pk for s in states if may_decide(user, sheet_for(s.revision))]
        return TaskState.objects.filter(pk__in=mine)

    @classmethod
    def get_description(cls) -> str:
        return "由岗位职责决定谁可以审查；起草人和前一环节的审查人不能审查。"


def make_workflows() -> None:
    """One workflow for each path that a column may ask for; nothing happens when they exist."""
    for path in COLUMN_PATHS:
        workflow, new = Workflow.objects.get_or_create(name=workflow_name(path))
        for order, step in enumerate(STEPS[path] if new else ()):
            task, _ = ReviewStep.objects.get_or_create(
                step=step, defaults={"name": STEP_LABELS[step]}
            )
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
