using System.Runtime.InteropServices;

using Actors.Contracts.Faults;
using Actors.Contracts.Tensors;
using Actors.Grains.Intake;
using Actors.Grains.Tensors;

namespace Actors.Grains.Aggregation;

/// <summary>One thread's part in the pass that writes the result.</summary>
/// <param name="files">The updates.</param>
/// <param name="combination">What was decided.</param>
/// <param name="output">Takes the result.</param>
/// <param name="directions">Measures how the updates point; null when nobody asks.</param>
/// <param name="server">Takes the step of a server optimizer; null when the rule has none.</param>
internal sealed class CombinationWorker(
    UpdateFiles files, Combination combination, ITensorStage output, DirectionSums.Part? directions, ServerStep.Part? server) : IBlockWorker
{
    private readonly BlockRows _rows = new(
        files, combination.Updates, withModel: combination.CountsModel || directions is not null || server is not null);

    private byte[] _result = [];
    private double[] _wide = [];

    public void Work(ElementBlock block)
    {
        if (_result.Length < block.ByteLength)
        {
            _result = new byte[block.ByteLength];
        }

        var result = _result.AsSpan(0, block.ByteLength);
        _rows.Load(block, wide: server is not null);
        if (block.Run.Type == ElementType.Float32 && server is null)
        {
            combination.Combine(_rows, MemoryMarshal.Cast<byte, float>(result));
        }
        else
        {
            CombineWide(block, result);
        }

        block.Run.ClearPadding(block.Offset, result);
        directions?.Measure(block, _rows);
    }

    public void HandOn(ElementBlock block)
    {
        output.Append(_result.AsSpan(0, block.ByteLength));
        server?.Write(block);
        directions?.AddUp();
        FaultPoints.Reach(FaultPoint.BlockAggregated);
    }

    public void Dispose() => _rows.Dispose();

    private void CombineWide(ElementBlock block, Span<byte> result)
    {
        if (_wide.Length < block.Elements)
        {
            _wide = new double[block.Elements];
        }

        var wide = _wide.AsSpan(0, block.Elements);
        combination.Combine(_rows, block.IsMeasured, wide);
        server?.Take(block, _rows, wide);
        ElementBlocks.FromDouble(block.Run.Type, wide, result);
        if (server is not null && NonFiniteElements.IndexOfFirst(block.Run.Type, result) >= 0)
        {
            throw new FederationException(
                $"The step of {combination.Rule.Name} left the numbers that {block.Run.Type} has. Lower its learning_rate in the plan.");
        }
    }
}
