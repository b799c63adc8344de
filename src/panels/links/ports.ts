import { readdir } from "node:fs/promises";

/** The serial ports of this computer, for people to choose from. serialport asks udevadm; where that is missing, the names in /dev tell. */
export async function serialPorts(): Promise<readonly string[]> {
  try {
    const { SerialPort } = await import("serialport");
    return (await SerialPort.list()).map(({ path }) => path);
  } catch {
    const devices = await readdir("/dev").catch(() => []);
    return devices.filter((name) => /^tty(USB|ACM|AMA)\d+$|^(cu|tty)\.usb/.test(name)).map((name) => `/dev/${name}`);
  }
}
