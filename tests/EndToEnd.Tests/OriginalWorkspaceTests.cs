using Actors.Contracts.Models;
using Actors.EndToEnd.Running;
using Actors.TestKit.Certificates;

namespace Actors.EndToEnd.Tests;

/// <summary>A folder as the original's <c>fx</c> leaves it: its plan, its certificates, its initial weights, Python for code.</summary>
public sealed class OriginalWorkspaceTests : IDisposable
{
    private const int Rounds = 3;

    private const string Plan = """
        aggregator :
          defaults : plan/defaults/aggregator.yaml
          template : openfl.component.Aggregator
          settings :
            init_state_path : save/torch_cnn_mnist_init.pbuf
            best_state_path : save/torch_cnn_mnist_best.pbuf
            last_state_path : save/torch_cnn_mnist_last.pbuf
            rounds_to_train : 3
            write_logs : true

        collaborator :
          defaults : plan/defaults/collaborator.yaml
          template : openfl.component.Collaborator
          settings :
            delta_updates : true
            opt_treatment : RESET

        data_loader :
          template : src.dataloader.PyTorchMNISTInMemory
          settings :
            collaborator_count : 2
            batch_size : 256

        task_runner :
          template : src.taskrunner.PyTorchCNN

        network :
          template : openfl.federation.Network
          settings :
            agg_addr : localhost
            agg_port : auto
            hash_salt : auto
            cert_folder : cert

        assigner :
          template : openfl.component.RandomGroupedAssigner
          settings :
            task_groups :
              - name       : train_and_validate
                percentage : 1.0
                tasks      :
                  - aggregated_model_validation
                  - train
                  - locally_tuned_model_validation

        tasks :
          aggregated_model_validation:
            function : validate_task
            kwargs   :
              apply   : global
              metrics :
              - accuracy
          locally_tuned_model_validation:
            function  : validate_task
            kwargs    :
              apply: local
              metrics :
              - accuracy
          train:
            function : train_task
            kwargs   :
              metrics :
              - loss
              epochs : 1

        compression_pipeline :
          template : openfl.pipelines.KCPipeline
          settings :
            n_clusters : 6

        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("fx-original-").FullName;

    private string Workspace => Path.Combine(_folder, "federation");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AggregatorStart_InAFolderOfTheOriginal_ServesItsCollaborators(bool withNewKey)
    {
        Assert.SkipUnless(await PythonCollaborator.IsInstalledAsync(), PythonCollaborator.Missing);
        var stubs = await PythonCollaborator.MakeStubsAsync(In("stubs"));
        WriteWorkspace();
        var initial = Path.Combine(Workspace, "save", "torch_cnn_mnist_init.pbuf");
        using (var made = PythonCollaborator.Start(stubs, "initial.py", initial, "kc"))
        {
            Assert.True(await made.EndAsync() == 0, made.Output);
        }

        if (withNewKey)
        {
            await Fx.RunAsync(Workspace, "aggregator", "certify", "--fqdn", "localhost", "--new-key", "secp256r1");
        }

        var records = In("records");
        using var aggregator = Fx.Start(Workspace, "aggregator", "start");
        using var one = PythonCollaborator.StartIn(Workspace, stubs, "one", 1, initial, records, "--deltas", "--pipeline", "kc");
        using var two = PythonCollaborator.StartIn(Workspace, stubs, "two", 2, initial, records, "--deltas", "--pipeline", "kc");

        foreach (var (name, node) in new[] { ("the aggregator", aggregator), ("one", one), ("two", two) })
        {
            Assert.True(await node.EndAsync() == 0, $"{name} failed:\n{node.Output}\n{aggregator.Output}");
        }

        // Each of the four tensors of each later round came as a change, and the client found it equal to what comes whole.
        Assert.Contains("\"lossy_compressed\": 8", one.Output, StringComparison.Ordinal);
        var last = Path.Combine(Workspace, "save", "torch_cnn_mnist_last.pbuf");
        using var expected = PythonCollaborator.Start(
            stubs, "expected.py", "--initial", initial, "--last", last, "--rounds", $"{Rounds}", "--records", records, "--collaborators", "one=1,two=2",
            "--tolerance", "0.2"); // What the last change left out.
        Assert.True(await expected.EndAsync() == 0, expected.Output);

        await Fx.RunAsync(Workspace, "model", "save", "-i", initial, "-o", "initial.safetensors");
        using var saved = SafetensorsFile.Read(Path.Combine(Workspace, "initial.safetensors"));
        Assert.Equal(["conv1.weight", "conv1.bias", "fc.weight", "scale"], saved.Manifest.Tensors.Select(tensor => tensor.Name));
    }

    private string In(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;

    private void WriteWorkspace()
    {
        Write(".workspace", "current_plan_name: default\n");
        Write("plan/plan.yaml", Plan);
        Write("plan/defaults/aggregator.yaml", "template : openfl.component.Aggregator\nsettings :\n  db_store_rounds : 2\n");
        Write("plan/defaults/collaborator.yaml", "template : openfl.component.Collaborator\nsettings :\n  db_store_rounds : 1\n  delta_updates : true\n  opt_treatment : CONTINUE_LOCAL\n");
        Write("plan/cols.yaml", "collaborators:\n- one\n- two\n");
        Write("plan/data.yaml", "one,1\ntwo,2\n");
        Write("src/taskrunner.py", "class PyTorchCNN:\n    pass\n");
        Directory.CreateDirectory(Path.Combine(Workspace, "save"));
        using var authority = new OriginalAuthority(Workspace);
        authority.IssueAggregator("localhost");
        authority.IssueCollaborator("one");
        authority.IssueCollaborator("two");
    }

    private void Write(string name, string text)
    {
        var path = Path.Combine(Workspace, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
