"""Words that lean on something the assessment cannot see: the CV, an earlier answer, something offline.

Precision before recall: a candidate who is reminded without cause feels corrected. A rule wants both the
pointing words and what they point at, as said to the interviewer: what somebody in a story says to somebody
else does not count.
"""

import re
from dataclasses import dataclass
from typing import Literal

ReferenceKind = Literal["refers_to_cv", "refers_to_earlier", "refers_to_offline", "assumes_watcher"]

_DOCUMENT = r"(?:c\.? ?v\.?|resume|résumé|curriculum vitae|(?:cover|motivation) letter|application(?: form| letter)?|linkedin(?: profile)?|portfolio|certificates?|work history)"
_CV = r"(?:c\.? ?v|resume|résumé|curriculum vitae|(?:cover|motivation) letter|application form)"
_TOLD = r"(?:said|mentioned|told you|explained|described|answered|stated|talked about|covered)"
_ORDER = r"(?:very )?(?:first|second|third|last|previous|earlier|other)"
_NOT_TO_OTHERS = r"(?!(?:\s+\w+){0,4}\s+(?:to|with)\s+(?:my|him|her|them|the|our|his|a|an|every)\b)"
_YOU_MAY = r"you(?:'ll| will| can| could| may| might| should|'ve| have| probably| already| also| just)*"
_PAGE = r"(?:website|web site|web ?page|home ?page|github|blog|youtube|channel|instagram)"

_RULES: dict[ReferenceKind, tuple[str, ...]] = {
    "refers_to_cv": (
        rf"(?:in|on|from|under|see|check|read|at|to|per|consult) my {_DOCUMENT}\b(?! (?:and|to|for) (?:sent|send|apply)| for (?:the|a|an|another|my) (?:promotion|job|position|place|post|role|course|school|university|loan|visa|permit|grant|training))",
        rf"(?:in|on|from) the {_CV}\b(?= (?:that )?(?:i|you|and i have nothing)\b|[,.!]|$)",
        rf"(?:put|wrote|said|described|mentioned|listed|stated)(?: (?:that|it|this|all|everything))? (?:already )?(?:in|on) (?:the|my) {_DOCUMENT}",
        rf"(?:is|are|'s|all|everything|history|experience) (?:all )?(?:(?:written|stated|listed|described|there) )?(?:in|on) (?:the|my) {_CV}",
        rf"my {_DOCUMENT} (?:already |also |clearly )?(?:says?|shows?|lists?|answers?|describes?|has (?:it|that|the|all)|explains?|mentions?|contains?|proves?|tells?)",
        rf"{_YOU_MAY} (?:got |have |received |seen? |read |find |look(?:ed)? |know )(?:(?!that)\w+ ){{0,3}}(?:my|the) {_DOCUMENT}",
        rf"(?:documents?|papers|files|{_DOCUMENT}) (?:that |which )?i(?:'ve| have)? (?:sent|uploaded|attached|submitted|handed in|gave you)(?! to (?:him|her|them|the|my|our))",
        rf"according to (?:my|the) {_CV}",
        rf"my (?:whole )?{_CV} (?:already |also )?(?!is\b|was\b|has been\b)[a-z]+s\b",
        rf"(?:know|see|have|got) (?:that |it |this |all that )?from my (?:papers|documents|files|{_DOCUMENT})",
        rf"(?:repeat|read out|go through) my (?:whole |entire )?{_DOCUMENT}",
        r"(?:find|see|read|check)(?: \w+){0,3} on linkedin",
    ),
    "refers_to_earlier": (
        rf"(?:as|like) i(?:'ve| have)? (?:already |just |previously )?{_TOLD}\b(?! (?:i would|i'd|to (?:the|my|her|him|them|our))\b)",
        r"as (?:already |previously )?(?:mentioned|said|stated|described|explained|told) (?:before|earlier|above|already|previously)",
        r"(?:^|[.!?] )(?:so |well |um )?as (?:already )?(?:mentioned|said),",
        rf"i(?:'ve| have)? (?:think i(?:'ve| have)? )?(?:already|just) {_TOLD}{_NOT_TO_OTHERS}",
        r"i(?:'ve| have)? (?:already |just )?told you (?:about|that|this|all|how|already|before|earlier)",
        rf"i(?:'ve| have)? {_TOLD} (?:(?:it|that|this|so|him|her|them) )?(?:already|before(?=[,.!?]|$)|earlier(?=[,.!?]|$)){_NOT_TO_OTHERS}",
        rf"what i(?:'ve| have)? (?:just |already )?{_TOLD} (?:before|earlier|already|in (?:the|my) {_ORDER})",
        r"(?:back to|repeat|add to|as|like) what i(?:'ve| have)? (?:just |already )?(?:said|told you|answered|mentioned|described)",
        r"(?:the|that|this) (?:same )?(?:one|story|example|situation|project|case|thing)s? (?:that )?i(?:'ve| have)? (?:just|already) (?:told|gave|given|described|mentioned|used|talked about)",
        rf"(?:the|that|this) (?:same )?(?:one|story|example|situation|project|case|thing)s? (?:that )?i (?:gave you|told you|described|mentioned|talked about|used) ?(?:about (?:before|earlier|already)|before|earlier|already|(?:\w+ )?(?:questions?|answers?) ago|in (?:the|my) {_ORDER})",
        rf"(?:from|in|to|as|like|with|see|of) (?:my|the|your) {_ORDER} (?:answer|question|response)s?\b(?! (?:of|on|from|in) (?:the|a|our|his|her|their)\b)",
        rf"(?:like|as) in (?:the|my) {_ORDER} (?:example|story|case|situation)",
        rf"same (?:answer |example |story )?as (?:with )?(?:(?:in |for )?(?:the|my) {_ORDER} (?:one|answer|question|example|story|time)|above)",
        r"same (?:answer|example|story) (?:as|like) (?:before|earlier|above)",
        r"(?:example|story|case|situation|project) (?:from|of) (?:before|earlier)\b",
        r"(?:questions?|answers?) ago\b",
        r"i(?:'ve| have)? (?:already |just )?(?:gave|given|told) you (?:that|this|the|an?) (?:example|story|case|situation)",
        r"the \w+ (?:story|example) again\b",
        r"repeat(?:ing)? myself",
        r"as you(?:'ve| have)? (?:already |just )?heard",
        r"remember[^.?!]{0,60} i (?:just )?(?:talked about|mentioned|told you|described)",
        rf"in (?:the|my) (?:{_ORDER} )?answer (?:about|to the|on) ",
        r"i(?:'d| would) say the same (?:here|again)",
        r"you(?:'ve| have)? (?:already|just) asked (?:me )?(?:that|this|about)",
        r"(?:did|didn't|did not|haven't|have) i (?:not )?(?:just |already )+(?:answer|say|tell|explain|mention)",
        r"(?:^|[.!?] )(?:please )?see above",
        r"(?:^|[.!?] )(?:so |well |um )?again,? (?:it's |it is )?(?:the|my|that) (?:story|example|situation|case) (?:with|about|of|from|where|when)",
        r"(?:would|could) (?:also )?be my (?:answer|example) here (?:too|as well|again)",
    ),
    "refers_to_offline": (
        r"your (?:recruiters?|hr\b|human resources|office|secretary|receptionist)",
        r"your (?:colleagues?|assistant|team|boss|manager) (?:already )?(?:knows?|has|have|saw|called|asked me|told me|said|wrote)",
        r"i(?:'ve| have)? (?:already )?(?:gave|given|told|sent|explained|showed|shown|handed)(?: \w+){0,4} (?:to )?your (?:colleagues?|assistant|team|boss|manager)",
        r"as (?:i|we) (?:discussed|talked about|said|agreed|told (?:him|her|them|you|the recruiter)) ?(?:on the phone|by (?:e-?mail|phone)|in (?:the|our|my) (?:e-?mail|call|meeting|last)|,|$|i )(?<!said,)",
        r"as (?:i told|agreed with|discussed with|i said to) (?:the|your) (?:recruiter|hr)",
        r"(?:when|as) we (?:met|spoke|talked) (?:last|on (?:the phone|monday|tuesday|wednesday|thursday|friday)|in person|the other day)",
        r"(?:the|a) (?:lady|woman|man|gentleman|person|guy) (?:who|that) (?:called|phoned|invited|interviewed) me",
        r"(?:lady|woman|man|gentleman|person|guy) from (?:hr|human resources|your (?:company|office|team))\b",
        r"(?:in|during|at) (?:the|my|our) (?:phone|telephone|video|first) (?:interview|screening) (?:i|we|with you)\b",
        r"you (?:can|could|may|might)(?: also| just| always)? (?:call|ask|contact|talk to) (?:my|him\b|her\b|them\b)",
        r"(?:^|[.!?] )(?:please |just )?(?:call|ask|contact) my (?:\w+ )?(?:manager|boss|supervisor|references?|colleagues?|teacher|leader)",
        rf"(?:it's|it is|that's|that is|everything is|all of it is|is|are|see|visit|look at|look on|find it on|on) (?:all )?(?:on )?my {_PAGE}",
        rf"my {_PAGE} (?:has|shows?|contains?|explains?|describes?)",
        rf"(?:is|'s|are)(?: all)? on (?:youtube|the internet|the web\b|our (?:company's )?{_PAGE})",
        r"(?:you (?:can|could|will|may|might)|please|just)(?: also| just)? (?:look (?:it|that|this|me) up|google|search (?:for )?(?:it|my|me|that))",
        rf"you (?:can|could|will|may|might)(?: also| just)? (?:read|find|see|watch)(?: \w+){{0,4}} (?:online|on (?:youtube|the internet|the web\b|(?:our|the|my|their) (?:company's )?{_PAGE})|in the (?:newspaper|press|news))",
        r"if you (?:google|search for)",
        r"from your (?:company|firm|side)\b",
        r"there(?:'s| is) (?:a|an|even a|even an) (?:recommendation|reference|letter|article|video)\b",
        r"when i (?:came to you|visited you|was with you|came in for)",
        r"(?:just|please|you can) ask (?:anybody|anyone|everybody|any of)",
        r"in our (?:last|first|previous) (?:call|conversation|talk|phone call)",
        r"i(?:'ve| have)? (?:already )?(?:sent|emailed|e-mailed|mailed|handed|gave|given) (?:it to |that to |this to |them to )?you\b(?!-| (?:that|this|the|an?) (?:example|story|case|situation))",
        r"(?:link|file|report|document|video|samples?|presentation|work) (?:that |which )?i(?:'ve| have)? (?:already )?(?:sent|emailed|attached)(?! (?:to|him|her|them|out|every|my|our|the))",
        r"i (?:can|could|will|would)(?: also| gladly)? (?:send|bring|e-?mail|forward)(?: \w+){0,4} (?:to you|next week|tomorrow|later|afterwards|after this)",
        r"i did (?:a|the|your) (?:test|task|exercise|trial)(?: \w+){0,2} for you",
        r"my (?:(?:old|former|last) )?(?:references?|reference letters?|diplomas?|teacher|boss|manager|letter of (?:reference|recommendation))(?: from (?:the|my) \w+)? (?:describes?|shows?|proves?|confirms?|explains?|can tell you|will tell you|could tell you|has written (?:to )?you|says? (?:it|that) all)",
    ),
    "assumes_watcher": (
        r"(?:as|like) you (?:can )?see,? (?:here|behind|i'm|i am|my|this|on (?:my|the) (?:screen|camera|video|wall|table|paper)|from my)",
        r"(?:i'm|i am|here|now)[^.!?]{0,40} (?:as|like) you (?:can )?see(?=[.!?]|$)",
        r"(?:can|could|do) you see (?:me|this|it|that|my|the|how|what i)\b",
        r"\byou (?:can )?see (?:this|these|me|here|behind me|my (?:hands?|face|screen|shirt|room)|it (?:here|behind)|on (?:my|the) (?:screen|wall|camera|table))\b",
        r"(?:let me|i'll|i will|i can|i could|i want to|i'd like to|i would like to|i'm going to|i am going to)(?: \w+){0,2} (?:show you (?:here|this|it|that|on|something|a|the|my)|share my screen|hold (?:it|this|that|my \w+|the \w+) up|hold up|(?:turn|move|point)(?: \w+)? (?:the|my) camera)",
        r"(?:let me|i'll|i will|i can|i could|i'm|i am)[^.!?]{0,40} (?:to|into|at|in front of) (?:the|my) (?:camera|lens|webcam)\b",
        r"(?:^|[.!?] )see (?:this|that)\b(?= here|\?)",
        r"showing (?:it|you|this|that) (?:with my|here|now)",
        r"you(?:'ll| will| can)? (?:notice|see|recognise|recognize) (?:\w+ )?(?:from|in|by) (?:the|my) background",
        r"(?:^|[.!?,;] |\b(?:you|please|just|can) )look(?: here\b| over here| behind me| at (?:this (?:here|now|one|scar|picture|photo)\b|me\b|my (?:hands?|face|screen|shirt))|(?=[.!]|$))",
        r"(?:^|[.!?,;] |please )watch (?:me|my hands?|this)\b",
        r"\bhere on (?:the|my|this) (?:wall|paper|screen|table|desk|board)\b",
        r"(?:can|could|may) (?:tell|see|read)(?: \w+){0,2} (?:from|by|in|on) my (?:face|eyes|hands|expression|smile)",
        r"i(?:'m| am) (?:holding (?:it|this|that|up|here|(?:the|a|my) \w+ (?:up|here|in my hands?))|pointing (?:at|to)|showing you|wearing(?: \w+){0,4} (?:now|today|here))",
        r"(?:gesture|went|goes|hands?|arms?|fingers?|folded(?: it)?|held(?: it)?|waved|moved(?: it)?) like this\b",
        r"(?:about|only) this (?:big|long|high|wide|tall|small|thick)\b",
        r"(?:^|[.!?] |\bbut |\bwhy |i (?:can )?see (?:that )?)you(?:'re| are)(?: all)? (?:laughing|smiling|nodding|frowning|writing|typing|shaking your head|looking at (?:me|your))",
        r"(?:^|[.!?] )(?:oh |now )?you (?:look|seem) (?:surprised|confused|sceptical|skeptical|bored|tired|impressed|puzzled|happy|unhappy)",
        r"(?:person|people|woman|man|lady|somebody|someone|colleagues?) (?:\w+ ){0,2}(?:(?:behind|beside|next to) you|in the room with you)",
    ),
}
SHORT_WORDS = 20
"""An answer of so few words tells no whole story: what it points at is likely to be what is missing."""
_PAPERS = r"(?:c\.? ?v\.?|resume|résumé|curriculum vitae|(?:cover|motivation) letter|application form|linkedin(?: profile)?)"
_PAPERS_TOO = r"(?:papers|documents|files?|form|lists?|certificates?|application|records?|profile|letter)"
_TELL = r"(?:said|told|spoken?|talked|answered|described|mentioned|explained|discussed|gave|given|used|heard|asked)"
_AGAIN = r"(?:already|again|once more|before|earlier|previously|at the (?:beginning|start)|(?:questions?|minutes) ago)"
_STORY = r"(?:story|example|situation|case|answer|project|one|thing)"
_SHORT_RULES: dict[ReferenceKind, tuple[str, ...]] = {
    "refers_to_cv": (
        rf"(?:the|my|a|your copy of my) (?:\w+ )?{_PAPERS}(?![\w']| (?:of|for) (?:a|an|the|his|her|their|our|somebody|someone)\b)",
        rf"(?:in|on|from|of) (?:the|my) (?:\w+ )?{_PAPERS_TOO} (?:(?:that|which) )?(?:you|i) (?:'ve |have |had )?(?:got|get|received?|filled|sent|attached|uploaded|submitted|handed|gave|wrote|know|have)\b",
        rf"you (?:(?:should|must|probably|already|will|do|surely|'ve|have) )*(?:got|get|have|received?|read|seen?|know|checked|looked at)(?: \w+){{0,3}} my (?:\w+ )?(?:{_PAPERS_TOO}|career|jobs|history|background|grades|degrees?|education)\b",
        rf"(?:list|overview|section|page|part|paragraph|line|point)s? (?:of|in|about|with) (?:\w+ )?(?:my )?(?:\w+ )?(?:projects?|jobs|employers|{_PAPERS_TOO}) (?:that |which )?i (?:attached|sent|uploaded|wrote)",
        r"(?:in|with|see) the attachments?\b",
        r"what i(?:'ve| have)? (?:handed in|sent(?: in)?|submitted|uploaded|attached|filled in)\b",
    ),
    "refers_to_earlier": (
        r"what you already know|you know (?:it |that |this )?already",
        r"you already know (?:it|that|this|about|the (?:story|rest|example))\b",
        rf"(?:i|we)(?:'ve| have| had| did)?(?: think i(?:'ve| have)?)?(?: \w+)? {_TELL}{_NOT_TO_OTHERS}(?! (?:my|him|her|them|the team|a|to (?:my|him|her|them|the))\b)(?: \w+){{0,4}} {_AGAIN}(?=[\s,.!?]|$)",
        rf"you(?:'ve| have| will have)? (?:already )?(?:heard|asked|know)(?: (?:me|about|of|it|that|this|the|my|one|\w+)){{0,5}} {_AGAIN}(?=[\s,.!?]|$)",
        rf"(?:again|once more|still) (?:the|that|this|my) (?:\w+ )?{_STORY}\b",
        rf"(?:is|'s|be|use|take|tell|with|from|about) (?:the|that|this|my) (?:same )?(?:\w+ )?{_STORY}(?: \w+){{0,5}} (?:again|once more|(?:that )?you know (?:it )?already|i (?:just )?{_TELL}(?: \w+){{0,3}} {_AGAIN})(?=[\s,.!?]|$)",
        r"(?:as|like|in|from) (?:in )?my (?:\w+ )?(?:answer|example|story)s? (?:before|earlier|above|to the)\b",
        rf"{_TELL}(?: \w+){{0,4}} when you asked\b",
    ),
    "refers_to_offline": (
        r"(?:at|on|during|since|from) (?:the|your|our|that) (?:career|job|open|information|info|assessment|trial) (?:day|fair|event|evening|centre|center)",
        r"your (?:\w+ )?(?:colleagues?|recruiters?|offices?|factory|shop|boss|manager|team)(?: \w+)? (?:has|have|had|knows?|got|took|saw|told|said|called|asked|can|will|in|last|on)\b",
        r"(?:from|in|at|of|to|with) your (?:\w+ )?(?:company|firm|office|side|house|shop|factory|website|recruiters?|reception|desk|building|plant|place|stand|booth)\b",
        r"you (?:can|could|may|might|should|(?:only |just )?(?:need|have) to|are welcome to) (?:also |just |always |even )?(?:ring|phone|call|ask|contact|e-?mail|write to|check with)\b(?! (?:it|this|that)\b)",
        r"you(?:'ve| have| had)? (?:invited|called|phoned|contacted|interviewed|written to|wrote to|emailed) me\b",
        r"(?:to|at|for|until) (?:the|our|my) (?:second|next|personal|real) (?:interview|appointment|visit)\b",
        r"(?:wrote|sent|mailed|e-?mailed|gave|posted|forwarded|handed)(?: \w+){0,4} to you\b",
        r"(?:show|bring|give|send|hand)(?: it to)? you(?: \w+){0,5} when (?:i|we) (?:come|meet|am|start|visit)",
    ),
    "assumes_watcher": (
        r"(?:with|on|at|between) my (?:\w+ )?(?:hands?|fingers?|arms?|face|head|shoulder|leg) (?:now|here|right now|like (?:this|that)|where)\b",
        r"(?:as|what|which|like) you (?:can |will |may |might |must |probably |could |'ll )*(?:see(?=[,.!?]|$)|notice\b|(?:have |'ve )(?:noticed|seen)\b)",
        r"here (?:on|in|at|behind|above|below) (?:my|me|this)\b(?! (?:company|team|job|city|country|firm|shop))",
        r"i(?:'m| am) (?:now )?(?:moving|waving|raising|lifting|shaking|nodding|blushing|smiling|laughing|drawing|writing)\b",
        r"you(?:'re| are)(?: all| both)?(?: so| very| quite| rather)? (?:quiet|silent|serious|nodding|smiling)\b",
        r"(?:i (?:hold|show|put|point|can|will|am)|i'm|i'll|let me|wait)\b[^.!?]{0,40} (?:in|into|to|towards|before|in front of) (?:the|my|your) (?:camera|webcam|lens)\b",
        r"(?:so|this|that) (?:big|long|high|wide|tall|small|thick|large|deep)(?=[,.!?]|$| (?:as|and|or|but|when|you see)\b)",
        r"(?:do|can|did) you see (?:it|this|that|me)\b",
        r"(?:everybody|everyone|anybody|anyone|whoever|people|you|all of you)(?: \w+)? (?:is|are|who is|that is)? ?(?:listening|watching) (?:there|here|now|in|to me|to us|us)\b",
    ),
}


def _compiled(
    rules: dict[ReferenceKind, tuple[str, ...]],
) -> tuple[tuple[ReferenceKind, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"(?<![\w'])(?:{rule})", re.I)) for kind, group in rules.items() for rule in group
    )


_PATTERNS, _SHORT_PATTERNS = _compiled(_RULES), _compiled(_SHORT_RULES)
_REPORTED = re.compile(
    r"(?:\b(?:told|asked|showed|reminded|(?:said|explained|wrote|mentioned) to)\s+(?:him|her|them|us|everybody|(?:the|my|our|his|her|a) \w+)"
    r"|(?<!\bi )(?<!\bi've )(?<!\bi have )(?<!\bas )(?<!\bit )\b(?:said|replied|wrote|shouted|asked|answered|says))[\s,:\"“]*(?:that\b)?[\s,:\"“]*(?:(?:as|like)\s+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Reference:
    """``text[start:end]`` leans on something outside this answer."""

    kind: ReferenceKind
    start: int
    end: int


def references(text: str) -> list[Reference]:
    """Return the references in ``text`` in the order of their place; none inside reported speech."""
    plain = text.replace("’", "'")
    patterns = _PATTERNS + (_SHORT_PATTERNS if len(plain.split()) <= SHORT_WORDS else ())
    found = [
        Reference(kind, match.start(), match.end())
        for kind, pattern in patterns
        for match in pattern.finditer(plain)
        if not _REPORTED.search(plain[: match.start()])
    ]
    return sorted(found, key=lambda reference: reference.start)
