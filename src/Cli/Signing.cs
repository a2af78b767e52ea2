using Actors.Pki;

namespace Actors.Cli;

/// <summary>What the operator sees before and after a signature.</summary>
internal static class Signing
{
    /// <summary>Shows a request and asks whether it is the right one.</summary>
    public static bool Confirm(InspectedRequest request, bool silent, Terminal terminal)
    {
        terminal.Say($"The request for {request.Name} ({request.KeyAlgorithm}) has the SHA-384\n{request.Fingerprint}");
        if (silent || terminal.Confirm("Is that what its owner reads out to you? Sign it", "--silent"))
        {
            return true;
        }

        terminal.Say("Not signed.");
        return false;
    }

    /// <summary>Says what was asked for, and where it must go.</summary>
    public static int Say(CreatedRequest created, Terminal terminal)
    {
        terminal.Say($"{created.RequestPath} asks for a certificate for {created.Name}; its SHA-384 is\n{created.Fingerprint}");
        if (created.PackagePath is { } package)
        {
            terminal.Say($"Send {package} to the aggregator's operator and read the SHA-384 out to them. The private key stays here.");
        }

        return ExitCode.Ok;
    }

    /// <summary>Says what was signed.</summary>
    public static int Say(SignedRequest signed, Terminal terminal)
    {
        terminal.Say($"Signed: {signed.Path}, valid until {signed.Record.NotAfter:yyyy-MM-dd}.");
        return ExitCode.Ok;
    }
}
