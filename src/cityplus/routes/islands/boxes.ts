/** Whether two boxes on the screen cover something of each other; what is not shown has no box and covers nothing. */
export const overlap = (a: DOMRect, b: DOMRect): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
