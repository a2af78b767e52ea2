using System.Diagnostics;

// 'fx rehearse' on the synthetic template, from a checkout: what ships is what runs here.
var own = new DirectoryInfo(AppContext.BaseDirectory);
var fx = Path.Combine(own.Parent!.Parent!.FullName, "Actors.Cli", own.Name, OperatingSystem.IsWindows() ? "fx.exe" : "fx");

// A Ctrl-C reaches the rehearsal too, which ends its processes; its exit code is the answer.
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;
using var rehearsal = Process.Start(new ProcessStartInfo(fx, ["rehearse", "--template", "synthetic", .. args]))!;
await rehearsal.WaitForExitAsync();
return rehearsal.ExitCode;
