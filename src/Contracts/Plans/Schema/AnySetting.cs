namespace Actors.Contracts.Plans;

internal sealed class AnySetting(string key) : Setting(key)
{
    public override string Right => "anything";
}
