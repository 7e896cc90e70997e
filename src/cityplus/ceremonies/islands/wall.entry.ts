import { CeremonyReplay } from "./wall/replay";
import { CeremonyWall } from "./wall/wall";

customElements.define("ceremony-wall", CeremonyWall);
customElements.define("ceremony-replay", CeremonyReplay);
