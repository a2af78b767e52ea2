namespace Actors.Contracts.Plans;

/// <summary>No plan can weaken who is known by what: always TLS, always a certificate for each collaborator.</summary>
internal sealed class MutualTlsValidator : IPlanValidator
{
    private static readonly (string Key, bool Refused, string Reason)[] Refusals =
    [
        ("tls", false, "every connection is mutual TLS"),
        ("use_tls", false, "every connection is mutual TLS"),
        ("disable_client_auth", true, "a collaborator is known by its certificate"),
        ("require_client_auth", false, "a collaborator is known by its certificate"),
    ];

    public void Check(PlanSections plan, PlanProblems problems)
    {
        var network = plan.Network.Settings.Values;
        foreach (var (key, refused, reason) in Refusals)
        {
            if (network.Find(key) is PlanValue.Flag flag && flag.Value == refused)
            {
                problems.Add(flag, $"is refused, {reason}; write {(refused ? "false" : "true")} or remove the key.");
            }
        }

        foreach (var settings in new[] { network, plan.Aggregator.Settings.Values })
        {
            if (settings.Find(SectionSettings.OneCertificate) is { } shared && shared is not PlanValue.Text { Value: "" })
            {
                problems.Add(shared, "is refused, each collaborator has a certificate of its own; remove the key.");
            }
        }
    }
}
