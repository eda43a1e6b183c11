// A photo small enough to keep and send from a classroom: drawn anew, which also leaves behind where and when it was taken.
const LARGEST = 500_000; // bytes: ten photos wait without a connection as easily as one
const TRIES: readonly [longest: number, quality: number][] = [[1600, 0.8], [1600, 0.6], [1280, 0.55], [960, 0.5], [640, 0.5]];

export async function smaller(file: Blob): Promise<Blob> {
  const picture = await createImageBitmap(file);
  try {
    let made: Blob | undefined;
    for (const [longest, quality] of TRIES) {
      made = await drawn(picture, longest, quality);
      if (made.size <= LARGEST) break;
    }
    if (!made) throw new Error("no picture");
    return made;
  } finally {
    picture.close();
  }
}

function drawn(picture: ImageBitmap, longest: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const pen = canvas.getContext("2d");
  if (!pen) return Promise.reject(new Error("no picture"));
  pen.fillStyle = "#fff"; // what is transparent would be black
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => canvas.toBlob((b) => (b ? resolve(b) : reject(new Error("no picture"))), "image/jpeg", quality));
}
