namespace Actors.Contracts.Plans;

internal sealed class HostSetting : Setting
{
    public HostSetting(string key)
        : base(key) => Default = new PlanValue.Text(PlanKeys.Auto, key, default);

    public override string Right => "a host name or IP address without port, or auto";

    /// <summary>Whether a text names a host that a collaborator can dial.</summary>
    public static bool IsHost(string text) => Uri.CheckHostName(text) != UriHostNameType.Unknown;

    private protected override string? Fault(PlanValue value) =>
        value is PlanValue.Text { Value: var text } && IsHost(text) ? null : "is not a host";
}
