/** What every page loads. The page works without it. */
import { suggestLanguage } from "./language-hint";
import { LocalClock } from "./local-clock";
import { keepMenusTidy } from "./menus";
import { showWhereOneIs } from "./rows";
import { keepTheme } from "./theme";

customElements.define("local-clock", LocalClock);
keepMenusTidy();
keepTheme();
suggestLanguage();
showWhereOneIs();
