namespace Actors.Grains.Tensors;

/// <summary>What an acknowledged write survives.</summary>
public enum Durability
{
    /// <summary>The death of the process at any instruction. The operating system's cache is trusted. The default.</summary>
    ProcessCrash,

    /// <summary>The loss of power: files and their folders are synchronised to the disk before they are acknowledged.</summary>
    PowerLoss,
}
