"""What the figures of reports are called, how they are computed, and from which kinds of records.

A figure that stands under one of these terms is explained by it, unless its section knows better. A
term also matches what begins with it: `Notices due, next 30 days`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """How a figure is computed, in words, and the kinds whose records go into it."""

    formula: str
    kinds: str = ""


def term_named(words: str) -> Term | None:
    """Return the term that a label is, or begins with; the longest where several fit."""
    fitting = [
        name for name in TERMS if words == name or words.startswith((f"{name},", f"{name} "))
    ]
    return TERMS[max(fitting, key=len)] if fitting else None


_EARNED = "project ev_snapshot actual forecast"
_WORK = "assignment role_demand person"
_STATED = "As stated."

TERMS: Mapping[str, Term] = {
    # time
    "Milestones on time": Term("Reached by their approved day / due.", "milestone"),
    "Mean slip of": Term("Mean of actual or forecast - approved, in days.", "milestone"),
    "Milestones overdue": Term("Expected before today and not reached.", "milestone"),
    "SPI(t)": Term("Earned schedule / time that has passed.", _EARNED),
    "Approved finish": Term(_STATED, "project"),
    "Expected finish": Term("Actual, else forecast, as stated.", "project"),
    "Goes live": Term(_STATED, "change_event"),
    "Can be taken back until": Term(
        "Go-live + the time in which it can be taken back.", "change_event"
    ),
    "Readiness judged": Term("The newest day on which a criterion was judged.", "readiness"),
    "Meets": Term(_STATED, "board"),
    "The meeting after": Term("The meeting, one cadence later.", "board"),
    "Quorum": Term("Members who can come, against those needed.", "board person"),
    "Finish": Term("The finish by each method.", _EARNED),
    "No.": Term("What the check finds in the activities of the plan.", "activity"),
    "Critical work": Term("Early and late dates by the logic of the plan.", "activity"),
    # money
    "Budget at completion": Term("The approved budget.", "project"),
    "Budgets of live projects": Term("Approved budgets, summed.", "project"),
    "Forecast at completion": Term("The selected estimate; the range spans all.", _EARNED),
    "Expected cost": Term("Selected estimates at completion, summed.", _EARNED),
    "Cost performance": Term("EV / AC: the work that a unit of money has bought.", _EARNED),
    "The rest needs": Term("(budget - earned value) / (budget - actual cost).", _EARNED),
    "Free budget": Term("Budget - spent - ordered.", "project actual commitment"),
    "Spent a month": Term("Mean of the last three months.", "actual"),
    "Contingency left": Term("Contingency - draws.", "budget_line contingency_draw"),
    "It covers the open threats": Term("Contingency left / residual exposure.", "budget_line risk"),
    "Left of the year": Term(
        "Budget of the year - spent - forecast.", "budget_line actual forecast"
    ),
    "Month": Term("Summed until the end of the month.", _EARNED),
    "By": Term("Actual cost + estimate to complete, by the method.", _EARNED),
    "Category": Term("Budget lines and booked costs of the category.", "budget_line actual"),
    "Programme": Term("Sums of its measured projects.", _EARNED),
    "How far ahead": Term("Forecasts that have come due, by months ahead.", "forecast actual"),
    "Author": Term("Forecasts that have come due, by author.", "forecast actual"),
    "Error of cost forecasts": Term(
        "Sum of |forecast - actual| / sum of actual.", "forecast actual"
    ),
    "Their bias": Term("Sum of (forecast - actual) / sum of actual.", "forecast actual"),
    "Until": Term("Planned and measured values of the benefits.", "benefit"),
    # commercial and customers
    "Margin of contracts": Term(
        "(prices - expected costs) / prices, pooled.", "contract variation"
    ),
    "Backlog": Term("Signed value - earned, summed.", "contract variation"),
    "Weighted pipeline": Term("Value x probability of the open ones, summed.", "opportunity"),
    "Owed by customers": Term("Bills issued and not paid, summed.", "invoice"),
    "Days of sales outstanding": Term("Owed / billed in the period x its days.", "invoice"),
    "Invoices overdue": Term("Bills not paid by their day, summed.", "invoice"),
    "Recurring revenue kept": Term(
        "Recurring revenue of those who stayed / a year ago.", "contract"
    ),
    "Three largest customers": Term(
        "Revenue of the three largest / all revenue.", "contract invoice"
    ),
    "Customer": Term("Prices and expected costs, pooled.", "contract variation"),
    "Type": Term("Prices and expected costs, pooled.", "contract variation"),
    "Step": Term("The way from the bid to the margin now.", "contract variation"),
    "Customers satisfied": Term("Share of the two best answers, with its 95 % interval.", "survey"),
    "Account health": Term(
        "Points of 100, weighted over the known parts.", "customer contract invoice sla complaint"
    ),
    "Part": Term("Points of 100 that the part earns.", "customer contract invoice sla complaint"),
    "Heard within": Term("Median time from complaint to acknowledgement.", "complaint"),
    "Settled within": Term("Median time from complaint to settlement.", "complaint"),
    "Question": Term(_STATED, "survey"),
    "Notices due": Term("Contracts whose notice day falls into the window.", "contract"),
    # operations
    "Service levels missed": Term(
        "Levels whose newest value misses the target.", "sla measurement"
    ),
    "Saturated with change": Term(
        "Teams that changes ask for more than they can give.", "business_unit change_event"
    ),
    "Change success": Term("Done as planned / finished.", "change_event"),
    "Support overdue": Term("Early life support that should have ended.", "early_life_support"),
    "Run cost a month": Term("Run cost after - before, of all changes.", "run_cost"),
    "Service": Term("Run cost before and after, as stated.", "run_cost"),
    "Release": Term(_STATED, "change_event early_life_support"),
    "Criterion": Term(_STATED, "readiness"),
    "Level": Term(
        "The share of cases or time inside the promise.", "sla measurement incident outage"
    ),
    "Approved so far": Term("Change requests that were approved.", "change_request"),
    "Change of the budget": Term(
        "Approved cost changes / first approved budget.", "change_request baseline"
    ),
    "Change of the duration": Term(
        "Approved days / first approved duration.", "change_request baseline"
    ),
    "Open requests": Term("Change requests without an answer.", "change_request"),
    "Decided within": Term("Median days from request to answer.", "change_request"),
    "Nine in ten within": Term("Days that nine in ten do not exceed.", "change_request"),
    # governance
    "Decisions open": Term("Questions without an answer.", "decision"),
    "Red": Term("Live projects that declare red or whose data say so.", "project"),
    "Declared": Term("Live projects by the colour they declare.", "project"),
    "Not declared": Term("Live projects that declare no colour.", "project"),
    "Computed": Term("Live projects by the worst of what their data say.", "project"),
    "Without data": Term("Live projects whose data give no colour.", "project"),
    "Declared better than the data": Term("Declared better than computed / comparable.", "project"),
    "Reports missing": Term("Reports older than the cadence and its grace.", "status_report"),
    "Actions done in time": Term("Done by their day / due in 13 weeks.", "action"),
    "Actions open": Term("Actions that are not done.", "action"),
    "Action": Term(_STATED, "action"),
    "Decisions to take": Term("Open questions to this board.", "decision"),
    "Beyond its authority": Term(
        "Questions worth more than the board may decide.", "decision board"
    ),
    "Waiting costs": Term(_STATED, "decision"),
    "Waiting has cost": Term("Weeks since the day it was needed x cost of a week.", "decision"),
    "Open": Term("Questions without an answer.", "decision"),
    "Median wait": Term("Median days from question to answer, open ones included.", "decision"),
    "Nine in ten answered within": Term("The wait that nine in ten do not exceed.", "decision"),
    "Answered in time": Term("Answered by their day / due.", "decision"),
    "Oldest open": Term("Days since the oldest open question was asked.", "decision"),
    "Board": Term("Its questions and their waits.", "decision"),
    "Tier": Term("Controls kept and required, over its projects.", "project tier"),
    "What": Term("Approved baselines, against what came.", "baseline project actual"),
    "Condition": Term(_STATED, "gate"),
    "Gate": Term(_STATED, "gate"),
    "Advice": Term(_STATED, "assurance_review"),
    "Rule": Term(_STATED, "board"),
    "We ask": Term(_STATED, "decision"),
    "We owe": Term(_STATED, "obligation"),
    "Decision": Term(_STATED, "decision"),
    "Tolerance": Term("The forecast's deviation / the tolerance.", f"project milestone {_EARNED}"),
    "Option": Term(_STATED, "decision exception_report"),
    "Value of the case now": Term("Sum of cash flows / (1 + rate) ^ year.", "benefit"),
    "Benefit lost by the delay": Term(
        "Benefits of the months that the delay takes.", "benefit milestone"
    ),
    "A further slip costs": Term(
        "What all effects of the slip cost.", "milestone contract benefit"
    ),
    # strategy
    "Unaligned spend": Term("Budgets that serve no objective / all budgets.", "project objective"),
    "Objectives served": Term(
        "Objectives that a project serves directly / all.", "objective project"
    ),
    "Objective": Term("Budgets x contribution to the objective.", "objective project"),
    "Benefits realised": Term("Measured until now / planned until now.", "benefit measurement"),
    "Benefits without a doubt": Term("Planned value without a doubt / planned value.", "benefit"),
    # risk
    "P50 of the cost": Term(
        "Percentiles of the simulated cost of all iterations.", "budget_line risk project"
    ),
    "At stake": Term(
        "What all effects of the slip cost, each once.", "decision milestone contract"
    ),
    "Probability": Term("Open threats by probability and impact.", "risk"),
    "Moves the cost most": Term(
        "Rank correlation with the total over the iterations.", "risk budget_line"
    ),
    # people
    "People over 100 %": Term("People booked beyond their net hours in a week.", _WORK),
    "Role": Term("Demand / net capacity of the role.", _WORK),
    "Person": Term("Booked or approved hours / net hours.", f"{_WORK} timesheet"),
    "Skill": Term("Demand for the skill, against those who have it.", "role_demand"),
    "Actual utilisation": Term("Approved hours / available hours.", "timesheet person"),
    "Billable utilisation": Term("Approved billable hours / available hours.", "timesheet person"),
    "Business as usual": Term("Hours on business as usual / approved hours.", "timesheet"),
    "Projects at once": Term("Projects that somebody is booked on, mean.", "assignment"),
    "Weighted error of bookings": Term(
        "Sum of |approved - booked| / approved.", "timesheet assignment"
    ),
    "Bias": Term("(booked - approved) / approved.", "timesheet assignment"),
    # the office
    "Scorecard": Term("Weighted mean of the known scores.", "kpi measurement"),
    "Perspective": Term(
        "(value - red) / (target - red), from 0 to 1.", "kpi measurement maturity_assessment"
    ),
    "Requests in time": Term("Answered inside the promised time / answered.", "service_request"),
    "Requests": Term("Requests to the PMO.", "service_request"),
    "Answered within": Term("Median time from request to answer.", "service_request"),
    "Late": Term("Answered after the promised time.", "service_request"),
    "Cost a year": Term("Cost of the PMO's services, a year.", "pmo_service"),
    "In the register": Term("Improvements recorded.", "improvement"),
    "Done": Term("Improvements that are done.", "improvement"),
    "Proven": Term("Target met, and held for two periods.", "improvement measurement"),
    "Success rate": Term("Proven / done.", "improvement"),
    "Overall": Term("The level of the weakest perspective.", "maturity_assessment"),
    "Mean": Term("The mean of the levels.", "maturity_assessment"),
    "Levels missing": Term("Target - level, summed.", "maturity_assessment"),
    "Without evidence": Term("Levels that nothing proves.", "maturity_assessment"),
    "Attrition a year": Term("Left in twelve months / mean headcount.", "team"),
    "Overtime": Term("Approved hours beyond the agreed / agreed.", "timesheet"),
    "Key roles with a successor now": Term("Key roles with somebody ready / key roles.", "team"),
    "Load, fullest less emptiest": Term("Highest - lowest planned utilisation.", "assignment"),
    "Days until amber is said": Term("Median days from computed to declared amber.", "project"),
    # data
    "Entities": Term("Records of all kinds.", "project"),
    "Expected fields": Term("Expected fields that are filled.", "project"),
    "Checks that hold": Term("1 - weighted findings / checks.", "project"),
    "Errors": Term("What `pmo validate` finds.", "project"),
    "Warnings": Term("What `pmo validate` finds.", "project"),
    "Kind": Term("Expected fields of the kind that are filled.", "project"),
}
"""Terms as they stand beside figures; kinds are named apart by blanks."""
