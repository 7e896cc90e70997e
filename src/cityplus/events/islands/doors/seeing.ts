/** The camera: by the browser's own BarcodeDetector where there is one that knows QR codes, else by a decoder that is loaded then. */
const EVERY = 120; // milliseconds between looks
const SAME = 4_000; // a code that stays before the camera is read once
const SIDE = 720; // pixels of the picture that the decoder looks at

type Look = (video: HTMLVideoElement) => Promise<string | undefined>;

interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

export class Camera {
  #stream: MediaStream | undefined;
  #last = "";
  #lastAt = 0;

  constructor(
    private readonly video: HTMLVideoElement,
    private readonly seen: (text: string) => void,
  ) {}

  get on(): boolean {
    return this.#stream !== undefined;
  }

  /** Raises what the browser raises when there is no camera, or it may not be used. */
  async start(): Promise<void> {
    const wanted = { video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } } };
    this.#stream = await navigator.mediaDevices.getUserMedia(wanted);
    this.video.srcObject = this.#stream;
    await this.video.play();
    void this.#watch(await looker());
  }

  stop(): void {
    for (const track of this.#stream?.getTracks() ?? []) track.stop();
    this.#stream = undefined;
    this.video.srcObject = null;
  }

  async #watch(look: Look): Promise<void> {
    while (this.#stream) {
      const text = await look(this.video).catch(() => undefined);
      if (text && (text !== this.#last || Date.now() - this.#lastAt > SAME)) this.seen(text);
      if (text) [this.#last, this.#lastAt] = [text, Date.now()];
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }
}

/** Loads what looks, so that it is there when the line is not. */
export async function looker(): Promise<Look> {
  const known = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  if (known && (await known.getSupportedFormats().catch((): string[] => [])).includes("qr_code")) {
    const detector = new known({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { decodeQR } = await import("qr/decode.js");
  const canvas = document.createElement("canvas");
  const brush = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    const scale = Math.min(1, SIDE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    if (!brush || !canvas.width) return undefined;
    brush.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      return decodeQR(brush.getImageData(0, 0, canvas.width, canvas.height));
    } catch {
      return undefined; // no code in this picture
    }
  };
}
