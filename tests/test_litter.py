"""Which parts of a page are furniture. In the pages ⟦ ⟧ enclose all that must be marked; nothing else may be."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.litter import find_litter
from summarizer.spans import Span

SEEDS = Path(__file__).parent.parent / "seeds"

PAGES = {
    "a wire story": """
Port closes after crane falls

⟦By Jane Roe and John Doe⟧

⟦OSLO, March 3 (Reuters) -⟧ The government said on Monday that it would close the port for three days.

"This was bound to happen," said Ann Doe, the union's head.

⟦(Reporting by Jane Roe in Oslo; Editing by John Doe)⟧

⟦Our Standards: The Thomson Reuters Trust Principles.⟧
""",
    "an agency's story with a dash": """
⟦NAIROBI, Kenya (AP) —⟧ Kenya's parliament voted on Tuesday to raise the tax on fuel, the speaker said.

The vote was close. Protesters burned tyres outside. ⟦(AP Photo/John Doe)⟧

⟦___⟧

⟦Doe reported from Nairobi. Jane Roe in Mombasa contributed to this report.⟧

⟦Copyright 2024 The Associated Press. All rights reserved. This material may not be published or rewritten.⟧
""",
    "a broadcaster's page": """
⟦Skip to content⟧
⟦Home⟧
⟦News⟧
⟦Sport⟧
⟦Weather⟧
⟦Menu⟧
Bridge collapses in the north
⟦3 hours ago⟧
⟦Share⟧
⟦Jane Roe⟧
⟦Europe correspondent⟧
⟦Image source, Getty Images⟧
⟦Image caption,⟧ The bridge fell at noon on Sunday.
Twelve people died on Sunday when a bridge fell into the river, the mayor said.
The cause is not known. An inquiry has begun.
⟦Related Topics⟧
⟦Bridges⟧
⟦Norway⟧
⟦More on this story⟧
⟦How bridges are tested⟧
⟦5 hours ago⟧
""",
    "a paper with breadcrumbs and share buttons": """
⟦Home > World > Europe⟧

Minister quits over bank affair

⟦By Jane Roe, Staff Writer⟧
⟦Published: March 3, 2024 10:15 GMT⟧
⟦Updated 2 hours ago⟧
⟦Share Facebook Twitter WhatsApp Email⟧

The finance minister resigned on Monday after a bank said that it had paid him.

⟦Advertisement⟧

He denied any wrong. "I took nothing," he told reporters at the ministry.

⟦READ MORE: Who is who in the bank affair⟧

The prime minister thanked him and named no successor.

⟦Sign up for our daily newsletter and never miss a story.⟧
⟦Follow us on Twitter @roetimes⟧
⟦© 2024 The Roe Times⟧
""",
    "a blog's page with a list of teasers": """
Army takes the capital of the province

Soldiers entered the city on Friday morning, residents said by telephone.

The governor fled. Shops were shut and the streets were empty, they said.

⟦Most Read⟧

⟦1. Ten tips for a better sleep⟧
⟦2. The richest people of the world⟧
⟦3. Why cats purr⟧

⟦Subscribe⟧
⟦Enter your email address to receive news in your inbox.⟧
""",
    "a page with a box about the author": """
Court frees the editor

A court freed the editor of a newspaper on Wednesday for lack of evidence.

The charge had been brought by a minister in May. He will appeal.

⟦About the author⟧

⟦Jane Roe is a reporter who covers courts. She joined the paper in 2012. Before that she taught law. She lives in Oslo.⟧

⟦Related articles⟧

⟦Editor arrested at the airport⟧
⟦What the press law says⟧
""",
    "a page that goes on below its insert": """
Storm kills nine on the coast

Nine people died on Saturday when a storm hit the southern coast, officials said.

⟦Related⟧
⟦Ten storms that changed history⟧

The storm had been forecast for days. Many villages had no warning, the Red Cross said.

⟦ADVERTISEMENT⟧

Ships were called back to port. Schools will stay closed until Thursday.
""",
    "a page with a cookie banner": """
⟦We use cookies to improve your experience on our site and to show you relevant advertising.⟧
⟦Accept all⟧
⟦Reject all⟧
⟦Cookie settings⟧

Parliament rejects the budget

Parliament rejected the budget on Thursday by 102 votes to 99.

⟦Already a subscriber? Log in⟧
⟦This article is for subscribers only.⟧
""",
    "an Indian paper's page": """
⟦NEW DELHI:⟧ India will expel two diplomats by the end of the month, the foreign ministry said on Friday.

The two were accused of spying. Their embassy denied it. ⟦(PTI)⟧

⟦Also Read | India summons the envoy⟧

⟦With inputs from agencies⟧

⟦Tags: India, diplomats, spying⟧
⟦12 Comments⟧
""",
    "a magazine's page with reading time and biography": """
⟦5 min read⟧
The last whalers

⟦Words by Jane Roe⟧
⟦Photo: John Doe/Getty⟧

On a grey morning in May the last ship left the harbour with a crew of nine.

Whaling ends here next year. The government has promised the crews new work.

⟦Jane Roe is a freelance writer based in Bergen.⟧
""",
    "a page that asks for tips and ends in links": """
Mayor charged with fraud

The mayor was charged on Monday with taking money from a builder.

He has said nothing. His lawyer asked for time to read the charge.

⟦Have a tip? Write to tips@example.com⟧

⟦Trending⟧

⟦The mayor's house is for sale⟧

⟦You may also like⟧

⟦Nine houses with a view⟧

⟦Privacy Policy⟧
⟦Terms of Use⟧
""",
    "a page with comments": """
Rain ends the drought

Rain fell for three days and ended the longest drought since 1976.

The reservoirs are half full. It will take a year to fill them, the water board said.

⟦Comments⟧

⟦anna⟧
⟦At last! My garden was a desert. I had sold all my sheep. We danced in the street all night long.⟧
⟦bert⟧
⟦It was only rain, and it will be gone again by June if you ask me.⟧
""",
    "a page with captions that are sentences": """
Divers find the wreck

The wreck lies at a depth of 90 metres off the cape, divers said on Monday.

A diver touches the bell of the ship on Sunday. ⟦Photo: Ann Doe⟧

The bell was brought up on Sunday. ⟦[File: Ann Doe/AFP]⟧

⟦Image: Getty⟧

It was lost in 1911. ⟦— AFP⟧
""",
    "a site's own tag, handles and addresses": """
⟦(Example.com)-⟧ The club sold its captain on Friday for 11 million pounds, a record.

He will leave in June. The coach said that he would not replace him.

⟦Follow @exampleclub:⟧
⟦@janeroe⟧
⟦https://example.com/club⟧
⟦jane.roe@example.com⟧
⟦#football #transfers⟧
""",
    "a page with numbered teasers that carry their age": """
Talks fail

The talks ended on Sunday with no result, both delegations said in the evening.

They will meet again in May. No place was named.

⟦1. News⟧
⟦Pilots walk out over pay⟧
⟦2 days ago⟧
⟦Ten tips for spring⟧
⟦3 days ago⟧
⟦3. Health⟧
⟦Why we sneeze⟧
⟦1 year ago⟧
""",
    "a British paper's page": """
⟦NEWS⟧
⟦SPORT⟧
⟦BUSINESS⟧
⟦OPINION⟧
⟦Log In⟧

Coal mine blast kills eleven in western province

⟦Ann Doe and agencies⟧
⟦Mon 4 Mar 2024 09.12 GMT⟧
⟦Last modified on Mon 4 Mar 2024 11.40 GMT⟧

Eleven miners were killed on Sunday night when gas exploded 400 metres underground, officials said.

⟦Sign up to First Edition, our daily email newsletter⟧

Another nine are missing. Rescue work was stopped at dawn because of smoke.

⟦Topics⟧
⟦Mining⟧
⟦Reuse this content⟧
""",
    "an American broadcaster's page": """
⟦WORLD NEWS⟧
⟦March 4, 2024 / 9:12 AM EST / Example News⟧

Senate rejects border bill

⟦Washington —⟧ The Senate on Monday rejected a bill that would have closed the border, 51 to 47.

⟦AdChoices⟧

"It is dead," said Sen. Ann Doe.

⟦More from Example News⟧

⟦Storm closes airports in the Midwest⟧
⟦First published on March 4, 2024 / 9:12 AM EST⟧
⟦© 2024 Example Broadcasting Inc. All Rights Reserved.⟧
""",
    "an agency's story with a writer's note": """
⟦SEOUL, South Korea (AP) —⟧ North Korea fired two missiles into the sea on Monday, South Korea's military said.

⟦ADVERTISEMENT⟧

The launches came a day after drills began. Japan protested.

⟦___⟧

⟦Associated Press writer Jane Roe in Tokyo contributed to this report.⟧
""",
    "a page of a site that lives on gifts": """
Flood destroys bridge

The bridge over the river was destroyed on Monday by a flood, the ministry said.

⟦Also on Example:⟧
⟦Why rivers rise⟧

Two villages are cut off. Helicopters brought food.

⟦Support Example's independent journalism. Become a member today.⟧
⟦Copyright ©2024 Example. Reprinted with permission.⟧
⟦Leave a Reply⟧
⟦Your email address will not be published. Required fields are marked *⟧
⟦Save my name, email, and website in this browser for the next time I comment.⟧
⟦Recent Posts⟧
⟦Ten recipes⟧
""",
    "a broadcaster's page with lists read aloud": """
Airline cuts 900 jobs

⟦Jane Roe⟧
⟦@janeroe⟧

The airline will cut 900 jobs by June, it said on Monday. Pilots are not affected.

The shares rose 4 percent. ⟦[Ann Doe/Al Jazeera]⟧

⟦SOURCE: AL JAZEERA AND NEWS AGENCIES⟧
⟦Listen to this story:⟧
⟦Keep reading⟧
⟦list of 3 items⟧
⟦Pilots strike in France⟧
⟦end of list⟧
""",
    "a portal's copy of a story": """
President vetoes tax bill

⟦Story by Jane Roe • 3h⟧

The president vetoed the tax bill on Monday and sent it back to parliament.

⟦Sponsored Content⟧

He called it "cruel". The speaker said that a second vote would follow in May.

⟦More for You⟧
⟦Continue Reading⟧
⟦Visit Example News⟧
⟦Send feedback to MSN⟧
""",
}

PROSE = (
    "By Monday night the army had left the city.",
    "By Land And Sea The Army Came",
    "Follow-up talks were held in Geneva, the ministry said.",
    "Share prices fell 3 percent on Friday after the bank's warning.",
    "Share of women in parliament rises",
    "Related charges were dropped on Monday, the court said.",
    "Most read the order as a threat; few obeyed it.",
    "Subscribers to the service lost their data, the company said.",
    "Copyright law must change, the court ruled on Tuesday.",
    "Advertisement spending fell by a third in 2023, according to the agency.",
    "NATO — America's oldest alliance — said it would answer.",
    "NATO: The alliance at a glance",
    "Smith - The Man Who Sold the Bridge",
    "Photo shows soldiers at the gate of the palace.",
    "Photo: The minister arrives at the court on Monday.",
    "Image of the king is taken down across the country",
    "The photographs (published by Reuters) show two men.",
    "He told the Associated Press (AP) that he would leave.",
    "Read my lips, the president said: no new taxes.",
    "More than 30 people died when a bus fell into a ravine.",
    "More: the man who wrote Utopia was beheaded in 1535, the guide said.",
    "Comments by the minister angered the opposition.",
    "Reactions to the verdict",
    "Health",
    "Twitter",
    "Home at last",
    "Watch makers fear the tariff",
    "Listen: that is what the envoy asked of both sides, a diplomat said.",
    "Support our troops, the banner said.",
    "Join the army or leave the country: that was the choice, he said.",
    "Sign up for the draft began on Monday across the republic.",
    "Cookies were handed out to the strikers by the bishop.",
    "We use cookies as bait, the hunter said.",
    "Two years ago the war began.",
    "The war began two years ago",
    "Published in 1987, the novel was banned in six countries.",
    "Updated rules for ships take effect in June.",
    "Jane Roe, editor of the Roe Times, dies at 80",
    "Jane Roe, the reporter who was jailed in May, was freed on Monday.",
    "Jane Roe is a reporter for the Roe Times who was jailed in May.",
    "John Doe and Jane Roe of the ministry contributed to the talks.",
    "Reporting by the two papers showed that the minister had lied.",
    "Contact with the ship was lost at noon.",
    "Email records were destroyed, prosecutors say.",
    "Tags on the bombs showed where they were made.",
    "Facebook, Google",
    "“Follow us,” the soldiers told the villagers.",
    "“Subscribe to nothing,” he said.",
    "About the treaty",
    "About 300 people were arrested.",
    "Recommended doses were exceeded in nine cases.",
    "Trending upward, inflation reached 9 percent in June.",
    "Latest figures show that the economy shrank by 2 percent.",
    "ISTANBUL: the name alone drew the traders, the historian said.",
    "The bank's motto: Thank you.",
    "Win / Loss / Draw",
    "Menu prices rose by a tenth.",
    "Like our neighbours, we are poor, and we know it.",
    "Not all members are free to leave now.",
    "Already the app has a million users here.",
    "Try as they might, members of the board could not agree today.",
    "The register of members is now open.",
    "Register of members' interests now published",
    "The report was first published in May by the ministry.",
    "By using drones, the army hit our village.",
    "By continuing the war, you lose it.",
    "Latest on the war in the north",
    "New in Paris",
    "Join forces or lose: that is the choice of the members now.",
    "Find our missing, the mothers of the square demand.",
    "The list is secret and it may not be published.",
)


def _split(marked: str) -> tuple[str, list[Span]]:
    """The text without its ⟦ ⟧, and what stood between them."""
    text, spans, start = "", [], 0
    for character in marked:
        if character == "⟦":
            start = len(text)
        elif character == "⟧":
            spans.append(Span(start, len(text)))
        else:
            text += character
    return text, spans


def _found(text: str) -> list[str]:
    return [span.of(text) for span in find_litter(text)]


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES.keys())
def test_all_furniture_of_a_page_is_marked_and_nothing_else(page: str) -> None:
    text, expected = _split(page)
    assert _found(text) == [span.of(text) for span in expected]
    assert find_litter(text) == expected


@pytest.mark.parametrize("line", PROSE)
def test_a_sentence_or_heading_of_the_article_is_never_marked(line: str) -> None:
    lead = "The parliament voted on Monday to close the port for three days."
    rest = "The vote was close, and the minister resigned on Tuesday. Nobody was surprised."
    assert _found(f"Port closes\n\n{lead}\n\n{line}\n\n{rest}") == []
    assert _found(f"Port closes\n{lead}\n{line}\n{rest}") == []
    assert _found(f"{lead}\n\n{rest}\n\n{line}") == []
    assert _found(line) == []


def test_nothing_after_the_last_paragraph_of_a_seed_is_left_unmarked() -> None:
    text = next(SEEDS.glob("002*.txt")).read_text(encoding="utf-8")
    found = find_litter(text)
    tail = text.index("About News Team")
    covered = {index for span in found for index in range(*span)}
    assert all(index in covered or text[index].isspace() for index in range(tail, len(text)))
    assert [span.of(text) for span in found if span.start < tail] == ["Read More:"]


def test_prose_of_the_other_seeds_is_left_alone() -> None:
    for path in sorted(SEEDS.glob("*.txt")):
        if not path.name.startswith("002"):
            text = path.read_text(encoding="utf-8")
            assert all(span.end - span.start < 40 for span in find_litter(text))


def test_a_title_right_below_an_isolated_read_more_belongs_to_it() -> None:
    text = (
        "The mill burned on Monday, police in the town said.\n\nRead more:\nWhy mills burn\n\nTwo men died in the fire."
    )
    assert _found(text) == ["Read more:", "Why mills burn"]


def test_a_heading_apart_from_an_empty_read_more_is_text() -> None:
    text = "The mill burned on Monday, police in the town said.\n\nRead more:\n\nReactions\n\nTwo men died in the fire."
    assert _found(text) == ["Read more:"]


def test_a_heading_below_an_insert_stays_with_the_prose_under_it() -> None:
    text = (
        "The mill burned on Monday, police in the town said.\n\nRelated\n\nWhy mills burn\n\nThe owner\n\n"
        "The owner of the mill fled to the coast on Tuesday. He has not been found, the police said."
    )
    assert _found(text) == ["Related", "Why mills burn"]


def test_a_dateline_is_marked_without_its_sentence() -> None:
    for dateline in (
        "LONDON, March 3 (Reuters) -",
        "LONDON (AP) —",
        "(Reuters) -",
        "(AP) —",
        "WASHINGTON —",
        "Moscow, 3 March 2024 (TASS) —",
        "Kyiv, Ukraine –",
        "March 3 (UPI) --",
        "SAN FRANCISCO, Calif. —",
        "PARIS/LONDON, Oct 7 (Reuters) -",
        "MUMBAI:",
        "LONDON, MARCH 3 (REUTERS) -",
    ):
        text = f"Port closes\n\n{dateline} The government closed the port for three days on Monday."
        assert _found(text) == [dateline]


def test_an_empty_text_holds_no_furniture() -> None:
    assert find_litter("") == [] == find_litter(" \n\n ")


_WORDS = st.sampled_from(
    [
        "By Jane Roe",
        "Most Read",
        "Read more:",
        "3 days ago",
        "The mill burned on Monday.",
        "(AP)",
        "LONDON —",
        "©",
        "Share",
    ]
)
_TEXTS = st.lists(_WORDS | st.text(max_size=12) | st.sampled_from(["\n", "\n\n", " "]), max_size=25).map("".join)


@given(_TEXTS)
def test_marks_are_ordered_disjoint_trimmed_and_not_empty(text: str) -> None:
    last = 0
    for span in find_litter(text):
        assert last <= span.start < span.end <= len(text)
        assert span.of(text) == span.of(text).strip()
        last = span.end


@given(
    st.lists(st.sampled_from([line for line in PROSE if line.endswith(".") and len(line) > 40]), min_size=1, max_size=9)
)
def test_articles_of_plain_sentences_hold_no_furniture(sentences: list[str]) -> None:
    assert find_litter("\n\n".join(sentences)) == []
    assert find_litter(" ".join(sentences)) == []


@pytest.mark.parametrize(
    "unit",
    [
        "Most Read\n",
        "a b c d e f g h i j k. ",
        "Read more:\n\n",
        "3 days ago\nTitle\n",
        "Home > ",
        "A, ",
        "(AP) ",
        "By A. B. C. ",
    ],
)
def test_time_grows_with_length_not_with_its_square(unit: str) -> None:
    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        started = time.process_time()
        find_litter(text)
        return time.process_time() - started

    assert seconds(320_000) < 40 * max(seconds(40_000), 0.005)
