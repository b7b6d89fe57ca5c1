/** Aila's voice may come twice: from her agent, and in step with the lips of her video. One of them is heard. */
export class Voices {
  private readonly elements = new Map<HTMLMediaElement, 'agent' | 'video'>();
  private videoShown = false;

  add(element: HTMLMediaElement, from: 'agent' | 'video'): void {
    this.elements.set(element, from);
    this.choose();
  }

  remove(element: HTMLMediaElement): void {
    this.elements.delete(element);
    this.choose();
  }

  /** While her video is seen, its own sound fits its lips; when it stalls or ends, the agent's goes on. */
  showVideo(shown: boolean): void {
    this.videoShown = shown;
    this.choose();
  }

  private choose(): void {
    const heard = this.videoShown && [...this.elements.values()].includes('video') ? 'video' : 'agent';
    for (const [element, from] of this.elements) element.muted = from !== heard;
  }
}
