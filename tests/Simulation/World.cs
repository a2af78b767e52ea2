using Actors.Contracts.Identity;
using Actors.Simulation.Collaborators;
using Actors.Simulation.Faults;
using Actors.Simulation.Gateway;
using Actors.Simulation.Invariants;
using Actors.Simulation.Machines;
using Actors.Simulation.Scenarios;
using Actors.Simulation.Silo;
using Actors.Simulation.Storage;

namespace Actors.Simulation;

/// <summary>Everything there is in one run: the machines, what their disks hold, the network between them, and who watches.</summary>
internal sealed class World
{
    public World(Scenario scenario, FaultPlan faults, Mutation mutation = Mutation.None, List<string>? trace = null)
    {
        (Scenario, Faults, Mutation, Trace) = (scenario, faults, mutation, trace);
        Schedule = new(faults);
        Outside = new(Dice.For(scenario.Seed, "outside"));
        Members = scenario.Members;
        Definition = scenario.ToDefinition();
        Ledger = new(this);
        Database = new(this);
        Tensors = new(this);
        Tensors.StoreInitialModel();
        Network = new(this);
        Aggregator = new(this);
        Operator = new(this);
        Hosts = [.. Members.Select((name, index) => new CollaboratorMachine(this, name, index))];
    }

    public static ExperimentId Experiment { get; } = new(new FederationId("federation"), "experiment");

    public Scenario Scenario { get; }

    public IReadOnlyList<CollaboratorName> Members { get; }

    public FaultPlan Faults { get; }

    public Mutation Mutation { get; }

    public List<string>? Trace { get; }

    public Schedule Schedule { get; }

    public Outside Outside { get; }

    public Grains.Experiments.ExperimentDefinition Definition { get; }

    /// <summary>Whether collaborators go on in turns of their own.</summary>
    public bool IsAsynchronous => Definition.Plan.IsAsynchronous;

    public Ledger Ledger { get; }

    public Database Database { get; }

    public TensorFiles Tensors { get; }

    public Network Network { get; }

    public AggregatorMachine Aggregator { get; }

    public Operator Operator { get; }

    public IReadOnlyList<CollaboratorMachine> Hosts { get; }

    /// <summary>A member's place among them.</summary>
    public static int IndexOf(CollaboratorName name) => name.Value[1] - '0';

    /// <summary>Where a collaborator's updates of a round or turn lie.</summary>
    public UpdateScope UpdatesOf(int collaborator, int number) => new(number, IsAsynchronous ? collaborator : null);

    /// <summary>Writes a line of the trace; callers ask <see cref="Trace"/> first, so that nothing is formatted for nobody.</summary>
    public void Tell(string who, string what) =>
        Trace!.Add($"{Schedule.Elapsed.TotalSeconds,10:F3} s  {who,-8} {what}");
}
