(() => {
  // a box that scrolls can be reached with the keyboard; one that shows everything is no stop on the way
  const boxes = [...document.querySelectorAll(".scroll, pre")];
  const reach = () => {
    const wide = boxes.map(box => box.scrollWidth > box.clientWidth);
    boxes.forEach((box, place) => { if (wide[place]) box.tabIndex = 0; else box.removeAttribute("tabindex"); });
  };
  for (const event of ["load", "resize", "change"]) addEventListener(event, reach);
  document.addEventListener("toggle", reach, true);
  document.fonts.ready.then(reach);
})();
