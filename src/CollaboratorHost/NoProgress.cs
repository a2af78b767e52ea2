namespace Actors.CollaboratorHost;

/// <summary>Shows nothing.</summary>
internal sealed class NoProgress : IProgress<double>
{
    public void Report(double value)
    {
    }
}
