
(() => {
  "use strict";
  const chosen = () => /^#(r\d+)-([fw])(\d+)$/.exec(location.hash) || [];
  let lit = [];

  const light = (elements, name) => {
    for (const element of elements) {
      element.classList.add(name);
      lit.push([element, name]);
    }
  };
  const darken = () => {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
  };

  const unfold = (element) => {
    const folded = element && element.closest("details");
    if (folded) folded.open = true;
  };

  // Lights a link and its words; brings into view the other side, or both where they stand side by side.
  const show = (link, fromWords) => {
    const place = link.dataset.place;
    const text = link.closest(".result").querySelector(".text");
    darken();
    light(text.querySelectorAll(".g" + place), "lit-gold");
    light(text.querySelectorAll(".p" + place), "lit-given");
    light(text.querySelectorAll(".b" + place), "lit-base");
    light([link], "chosen");
    const words = text.querySelector([".g", ".p", ".b"].map((side) => side + place).join());
    const sideBySide = getComputedStyle(text.closest(".words")).position === "sticky";
    unfold(link);
    const other = fromWords ? link : words;
    if (!other) return;
    if (sideBySide) {
      for (const side of [words, link]) side.scrollIntoView({ block: "nearest" });
    } else {
      other.scrollIntoView({ block: "center" });
    }
    if (fromWords || !sideBySide) other.focus({ preventScroll: true });
  };

  // pushState: the browser would scroll the whole page to the fragment's element.
  const setAddress = (fragment) => {
    history.pushState(null, "", location.href.split("#")[0] + "#" + fragment);
  };
  const follow = () => {
    const [, result, side, place] = chosen();
    const link = document.getElementById(result + "-f" + place);
    if (link) show(link, side === "f");
    else {
      darken();
      unfold(document.getElementById(location.hash.slice(1)));
    }
  };
  const next = (words) => {
    const places = words.dataset.places.split(" ");
    const result = words.closest(".result").id;
    const at = chosen()[1] === result ? places.indexOf(chosen()[3]) : -1;
    return result + "-f" + places[(at + 1) % places.length];
  };

  addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest("a[data-place]");
    const words = event.target.closest("a[data-places]");
    if (!link && !words) return;
    event.preventDefault();
    const name = words && next(words);
    setAddress(link ? link.hash.slice(1) : name);
    show(link || document.getElementById(name), !link);
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !lit.length) return;
    darken();
    setAddress("");
  });
  addEventListener("popstate", follow);
  addEventListener("load", follow);
})();
