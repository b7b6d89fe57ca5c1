"""Which of a bank's utterances are synthesised ahead, and in which order."""

from collections.abc import Iterable

from question_bank.bank import Bank


def openings(bank: Bank) -> list[str]:
    """Return what is said before the first question."""
    practice = [bank.practice.text] if bank.practice is not None else []
    return [bank.greeting, bank.guideline, *practice]


def in_order_of_use(bank: Bank) -> list[str]:
    """Return everything that ``bank`` has Aila say, what is needed first in front."""
    phrases, reminders = bank.phrases, bank.reminders
    texts = [*openings(bank), bank.questions[0].text, *phrases.acknowledgements, *phrases.go_on]
    texts += [*phrases.backchannels, *phrases.moment_granted, *phrases.skipped, *phrases.leaving]
    for question in bank.questions:
        probes = question.probes
        texts.append(question.text)
        texts += [*probes.action, *probes.result, *probes.situation, *probes.example]
    texts += [*phrases.silence_offer, *phrases.time_limit, *phrases.welcome_back, *phrases.paused]
    texts += [
        reminders.refers_to_cv,
        reminders.refers_to_earlier,
        reminders.refers_to_offline,
        reminders.assumes_watcher,
        reminders.fragment,
        reminders.other_language,
    ]
    texts += [*phrases.cannot_answer, *(entry.answer for entry in bank.faq), bank.closing]
    return _without_repetitions(texts)


def _without_repetitions(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))
