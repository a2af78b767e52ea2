using System.Security.Cryptography.X509Certificates;

using Actors.Contracts.Identity;
using Actors.Grains.Hosting;

namespace Actors.Silo.Security;

/// <summary>Decides who is let in: the certificate must still be trusted and its name must be in the federation's list.</summary>
internal sealed class Admission(IGrainFactory grains, FederationId federation, IPeerTrust trust)
{
    /// <summary>Who a certificate lets in, or what stands against it.</summary>
    public async Task<AdmissionOutcome> DecideAsync(X509Certificate2? certificate)
    {
        if (trust.ProblemWith(certificate) is { } problem)
        {
            return new AdmissionOutcome.Refused(problem);
        }

        if (CollaboratorIdentity.Of(certificate!) is not { } name)
        {
            return new AdmissionOutcome.Refused(
                $"The certificate '{certificate!.Subject}' names no collaborator. Ask for one whose common name is the collaborator's label.");
        }

        return await grains.GetFederation(federation).AdmitsAsync(name)
            ? new AdmissionOutcome.Admitted(name)
            : new AdmissionOutcome.Refused(
                $"Collaborator '{name}' is not in the federation's list. Ask the aggregator's operator to add it to plan/cols.yaml.");
    }
}
