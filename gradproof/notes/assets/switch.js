(() => {
  const parts = [...document.querySelectorAll(".language")];
  const button = part => document.getElementById("language-" + part.dataset.language);
  const prefix = part => part === parts[0] ? "" : part.dataset.language + "-";
  const shown = () => parts.find(part => button(part).checked);
  let before = shown();
  // the last heading above the middle of the window, by the name that it has in every language
  const place = part => {
    const above = [...part.querySelectorAll("article, .chapter")].filter(e => e.getBoundingClientRect().top < innerHeight / 2);
    return above.length ? above.at(-1).id.slice(prefix(part).length) : "";
  };
  let at = "";
  addEventListener("scroll", () => { at = place(before); }, { passive: true });
  const show = part => { button(part).checked = true; document.documentElement.lang = part.lang; before = part; };
  const follow = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const part = target && target.closest(".language");
    if (part && part !== shown()) { show(part); target.scrollIntoView(); }
  };
  parts.forEach(part => button(part).addEventListener("change", () => {
    show(part);
    const target = at && document.getElementById(prefix(part) + at);
    if (target) target.scrollIntoView();
  }));
  addEventListener("hashchange", follow);
  show(before);
  follow();
})();
